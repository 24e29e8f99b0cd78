import { createTestEvent, type WebhookEventType } from '../../src/webhooks/index.ts';

export const token = 'the right signing token';

/** A POST with a body, as PluralKit sends it. */
export function post(body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>): Request {
  const headers = { 'Content-Type': 'application/json', 'User-Agent': 'PluralKit' };
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
  return new Request('https://app.example/pluralkit', init);
}

/** A POST of an event with the right token, unless another one is given. */
export function eventRequest(
  type: WebhookEventType,
  parts: { signing_token?: string; system_id?: string } = {},
): Request {
  return post(JSON.stringify(createTestEvent(type, { signing_token: token, ...parts })));
}
