import { createServer } from 'node:http';
import { PluralKit } from 'pluralkit-openapi';
import { FrontEvents } from 'pluralkit-openapi/watch';
import { createWebhookHandler, toNodeHandler } from 'pluralkit-openapi/webhooks';

const { PLURALKIT_TOKEN, PLURALKIT_URL, PLURALKIT_SIGNING_TOKEN, PORT = '4012', ONCE } = process.env;

const pk = new PluralKit({
  token: PLURALKIT_TOKEN,
  userAgent: 'my-display/1.0 (me@example.com)',
  baseUrl: PLURALKIT_URL, // if omitted, the real server
});

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

// With a webhook, requests are made after each event about a switch, and every five minutes for lost events.
const events = PLURALKIT_SIGNING_TOKEN ? new FrontEvents() : undefined;
if (events && PLURALKIT_SIGNING_TOKEN) {
  const handle = createWebhookHandler({
    token: PLURALKIT_SIGNING_TOKEN,
    onAny: (event) => events.push(event),
  });
  const server = createServer(toNodeHandler(handle)).listen(Number(PORT), '127.0.0.1');
  stop.signal.addEventListener('abort', () => server.close());
}

// Once at the start, and then whenever the front changes. Without events, it polls every 15 seconds.
const fronts = pk.switches.watchFronters('@me', {
  signal: stop.signal,
  events,
  // It tries again with growing delays. Permanent errors, such as a wrong token, end the loop.
  onError: (error) => console.error('No response, trying again:', String(error)),
});
for await (const front of fronts) {
  if (front === null) console.log('never switched');
  else console.log(front.members.map(({ name }) => name).join(', ') || 'nobody');
  if (ONCE) break;
}
