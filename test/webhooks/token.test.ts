import { afterEach, expect, test, vi } from 'vitest';
import { createWebhookHandler } from '../../src/webhooks/index.ts';
import { eventRequest } from './requests.ts';

afterEach(() => vi.restoreAllMocks());

/** How many digests are made to answer a ping, as that is where time could tell of the tokens. */
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
