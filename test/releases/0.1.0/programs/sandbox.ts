import { PluralKit } from 'pluralkit-openapi';
import { createSandbox } from 'pluralkit-openapi/sandbox';

const sandbox = createSandbox({ rateLimits: 'server' });
const pk = new PluralKit({
  token: sandbox.tokens.relays,
  userAgent: 'my-tests/1.0 (me@example.com)',
  fetch: sandbox.fetch, // no port, no network
});

const member = await pk.members.create({ name: 'Juniper', privacy: { visibility: 'private' } });
console.log(member.privacy.visibility);
console.log(sandbox.deliveries().map(({ payload }) => payload.type)); // the webhook events that this sends
sandbox.reset(); // back to the world at the start
