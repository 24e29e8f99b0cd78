import { createServer } from 'node:http';
import { PluralKit } from 'pluralkit-openapi';
import { createWebhookHandler, toNodeHandler } from 'pluralkit-openapi/webhooks';

const {
  DISCORD_WEBHOOK_URL = '',
  PLURALKIT_TOKEN,
  PLURALKIT_URL,
  PLURALKIT_SIGNING_TOKEN = '',
  PORT = '4012',
} = process.env;

const pk = new PluralKit({
  token: PLURALKIT_TOKEN,
  userAgent: 'my-log-bot/1.0 (me@example.com)',
  baseUrl: PLURALKIT_URL,
});

const handle = createWebhookHandler({
  token: PLURALKIT_SIGNING_TOKEN,
  respond: 'first', // PluralKit waits 10 seconds at most
  on: {
    // The event may be outdated: read the current fronters.
    CREATE_SWITCH: async () => {
      const fronters = await pk.switches.getFronters('@me');
      const names = fronters?.members.map((member) => member.display_name ?? member.name) ?? [];
      await log(names.length === 0 ? 'Nobody is fronting.' : `Fronting: ${names.join(', ')}`);
    },
  },
});

/** Posts a message to a channel that only the system can see, since events hold private data. */
async function log(content: string): Promise<void> {
  const response = await fetch(DISCORD_WEBHOOK_URL, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ content, allowed_mentions: { parse: [] } }),
  });
  if (!response.ok) console.error(`Discord has responded with ${response.status}`);
}

createServer(toNodeHandler(handle)).listen(Number(PORT), '127.0.0.1', () => console.log('listening'));
