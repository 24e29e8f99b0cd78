/**
 * Compares the time that the receiver takes for a webhook request with a wrong token with a plain `JSON.parse` of its body.
 */
import { createWebhookHandler } from '../../src/webhooks/index.ts';
import { median } from '../lib/statistics.ts';

export interface TokenCost {
  readonly name: string;
  /** Milliseconds. */
  readonly time: number;
  readonly parse: number;
}

/** Just below what the receiver takes. */
const size = 990_000;
const rounds = 20;
const start = { type: 'UPDATE_MEMBER', system_id: '5a4db0c5-0000-4000-8000-000000000001', id: null };
const bodies: Readonly<Record<string, string>> = {
  'a token of 1 MB': JSON.stringify({ ...start, data: null, signing_token: 'x'.repeat(size) }),
  '1 MB of nested lists': JSON.stringify({ ...start, signing_token: 'wrong', data: 0 }).replace(
    '"data":0',
    `"data":[${'[[[[]]]],'.repeat(size / 9 - 100)}[]]`,
  ),
};

export async function measureWebhookToken(): Promise<readonly TokenCost[]> {
  const handle = createWebhookHandler({ token: 'right', on: {} });
  const costs: TokenCost[] = [];
  for (const [name, body] of Object.entries(bodies)) {
    const bytes = new TextEncoder().encode(body);
    const parsing: number[] = [];
    const handling: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      let begin = performance.now();
      JSON.parse(new TextDecoder().decode(bytes));
      parsing.push(performance.now() - begin);
      const request = new Request('http://localhost/', { method: 'POST', body: bytes });
      begin = performance.now();
      const { status } = await handle(request);
      handling.push(performance.now() - begin);
      if (status !== 401) throw new Error(`The receiver responds ${status} to ${name}`);
    }
    costs.push({ name, time: median(handling), parse: median(parsing) });
  }
  return costs;
}
