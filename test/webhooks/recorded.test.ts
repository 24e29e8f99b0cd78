import { expect, test } from 'vitest';
import { eventExamples } from '../../generated/v2/events.ts';
import { createWebhookHandler } from '../../src/webhooks/index.ts';
import { exchangesOf, scenarios } from '../models/recorded.ts';
import { post } from './requests.ts';

const payloads = scenarios()
  .flatMap(exchangesOf)
  .flatMap(({ dispatched = [] }) => dispatched.map(({ payload }) => payload));

test('every event that the server sent reaches the handler of its type, as it was sent', async () => {
  expect(payloads.length).toBeGreaterThan(50);
  const received: unknown[] = [];
  const on = Object.fromEntries(
    Object.keys(eventExamples).map((type) => [
      type,
      (event: unknown) => received.push({ handler: type, event }),
    ]),
  );
  const handle = createWebhookHandler({ token: 'dave-signing-token', on });
  for (const payload of payloads) expect((await handle(post(JSON.stringify(payload)))).status).toBe(200);
  const expected = payloads.map(({ signing_token: _, ...event }) => ({ handler: event.type, event }));
  expect(received).toEqual(expected);
});

test('an endpoint with another token accepts none of them', async () => {
  const received: unknown[] = [];
  const handle = createWebhookHandler({ token: 'another token', onAny: (event) => received.push(event) });
  for (const payload of payloads) expect((await handle(post(JSON.stringify(payload)))).status).toBe(401);
  expect(received).toEqual([]);
});
