import { PluralKit } from 'pluralkit-openapi';
import { watchFronters } from 'pluralkit-openapi/watch';

const pk = new PluralKit({
  token: process.env.PLURALKIT_TOKEN,
  userAgent: 'my-display/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL, // left out, it is the real server
});

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

// Once at the beginning, and then whenever others front. It asks every 15 seconds.
// With a webhook: `events: new FrontEvents()`, to which its handler pushes what it receives.
for await (const front of watchFronters(pk, '@me', { interval: 5_000, signal: stop.signal })) {
  if (front === null) console.log('never switched');
  else console.log(front.members.map(({ name }) => name).join(', ') || 'nobody');
  if (process.env.ONCE) break;
}
