import { afterEach, expect, test, vi } from 'vitest';
import { createWebhookHandler } from '../../src/webhooks/index.ts';
import { eventRequest } from './requests.ts';

afterEach(() => vi.restoreAllMocks());

/** How many digests are computed for a ping, as that is where time could tell of the tokens. */
async function digestsFor(given: string, expected: string[]): Promise<number> {
  const digest = vi.spyOn(crypto.subtle, 'digest');
  await createWebhookHandler({ token: expected })(eventRequest('PING', { signing_token: given }));
  const count = digest.mock.calls.length;
  digest.mockRestore();
  return count;
}

test('every expected token is compared, whichever fits and whether one does', async () => {
  const expected = ['first', 'second', 'third and longest'];
  const counts: number[] = [];
  for (const given of ['first', 'second', 'third and longest', 'f', '', 'wrong'.repeat(50)]) {
    counts.push(await digestsFor(given, expected));
  }
  expect(new Set(counts)).toEqual(new Set([4]));
});

async function digestOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

test.each([0, 15, 31])('a token whose digest shares byte %i with the right one is wrong', async (place) => {
  const right = await digestOf('right');
  let given = '';
  for (let attempt = 0; !given; attempt++) {
    const digest = await digestOf(`wrong ${attempt}`);
    if (digest[place] === right[place]) given = `wrong ${attempt}`;
  }
  const response = await createWebhookHandler({ token: 'right' })(
    eventRequest('PING', { signing_token: given }),
  );
  expect(response.status).toBe(401);
});
