import { PluralKit } from 'pluralkit-openapi';
import { createSandbox } from 'pluralkit-openapi/sandbox';

/** A sandbox's life in short, in process, by nothing but what all runtimes have. */
export async function run(): Promise<object> {
  const sandbox = createSandbox({ seed: 1, rateLimits: 'server' });
  const { fetch } = sandbox;
  const pk = new PluralKit({ token: sandbox.tokens.relays, userAgent: 'test/1.0', fetch });
  const created = await pk.members.create({ name: 'Made here' });
  const found = await pk.members.get(created.id);
  const events = sandbox.deliveries().map(({ payload }) => payload.type);
  const clock = await (await sandbox.fetch('/_sandbox/clock')).json();
  const example = await pk.fetch.GET('/members/{memberRef}', {
    params: { path: { memberRef: created.id } },
    headers: { Prefer: 'code=404' },
  });
  sandbox.reset();
  const { error, response } = await pk.fetch.GET('/members/{memberRef}', {
    params: { path: { memberRef: created.id } },
  });
  return {
    found: found.name,
    events,
    frozen: clock.frozen,
    example: example.error?.code,
    afterReset: [response.status, error?.code],
  };
}
