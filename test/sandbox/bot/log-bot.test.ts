import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { PluralKit } from '../../../src/client/pluralkit.ts';
import { createDeliverer } from '../../../src/sandbox/node/deliver.ts';
import { createWebhookHandler, toNodeHandler, type WebhookEvent } from '../../../src/webhooks/index.ts';
import { account, channel, guild, openBot, uuidOf } from './support.ts';

/**
 * A log bot from its registration to a deletion: it is told of a proxied message, asks who wrote it by either id, and asks
 * once more when the message is deleted.
 */
test('a log bot learns who wrote a message, by both ids and after its deletion', async () => {
  const deliverer = createDeliverer();
  let signingToken = '';
  const sandbox = openBot(
    {},
    {
      // The owner gives the receiver the token while the bot registers the webhook.
      deliver(delivery) {
        if (signingToken === '') signingToken = delivery.payload.signing_token;
        return deliverer.deliver(delivery);
      },
    },
  );
  const pk = new PluralKit({ fetch: sandbox.fetch, userAgent: 'log-bot-test' });
  const told: WebhookEvent<'CREATE_MESSAGE'>[] = [];
  const handler = createWebhookHandler({
    token: () => signingToken,
    on: { CREATE_MESSAGE: (event) => void told.push(event) },
  });
  const handle = toNodeHandler(handler);
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  onTestFinished(async () => {
    await deliverer.close();
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;

  const registered = await sandbox.bot.registerWebhook({ system: 'alices', url });
  expect(registered).toEqual({ url, signing_token: signingToken });
  const message = sandbox.bot.sendMessage({ account, guild, channel, content: 'A:hello' });
  if (!message.proxied) throw new Error(message.reason);
  await expect.poll(() => told.length).toBe(1);
  expect(told[0]?.data).toMatchObject({ id: message.id, original: message.original, sender: account });

  for (const id of [message.id, message.original]) {
    expect(await pk.messages.get(id)).toMatchObject({ sender: account, member: { uuid: uuidOf.ann } });
  }
  expect(sandbox.bot.deleteMessage(message.id)).toBe(true);
  const raw = async (id: string) =>
    (await sandbox.fetch(`/v2/messages/${id}`, { headers: { 'User-Agent': 'log-bot-test' } })).status;
  expect([await raw(message.id), await raw(message.original)]).toEqual([200, 200]);
  sandbox.clock.advance(15_000);
  expect([await raw(message.id), await raw(message.original)]).toEqual([404, 404]);
});
