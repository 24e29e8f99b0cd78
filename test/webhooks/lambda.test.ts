import { describe, expect, test, vi } from 'vitest';
import {
  createTestEvent,
  createWebhookHandler,
  type LambdaEvent,
  toLambdaHandler,
} from '../../src/webhooks/index.ts';
import { token } from './requests.ts';

type Shape = (method: string, body: string | null, isBase64Encoded: boolean) => LambdaEvent;

/** Events as the documentation of AWS gives them, cut to what tells a request. */
const shapes: Record<string, Shape> = {
  'a function URL, and API Gateway 2.0': (method, body, isBase64Encoded) => ({
    requestContext: { http: { method } },
    ...(body !== null && { body }),
    isBase64Encoded,
  }),
  'API Gateway 1.0, and a load balancer': (httpMethod, body, isBase64Encoded) => ({
    requestContext: {},
    httpMethod,
    body,
    isBase64Encoded,
  }),
};

describe.each(Object.entries(shapes))('behind %s', (_name, shape) => {
  test('events are received, and rejected as they should be', async () => {
    const onAny = vi.fn();
    const handler = toLambdaHandler(createWebhookHandler({ token, onAny }));
    const result = async (event: LambdaEvent) => {
      const { statusCode, body } = await handler(event);
      return [statusCode, body];
    };
    const event = createTestEvent('UPDATE_MEMBER', { signing_token: token, data: { name: 'Zoë 🌊' } });
    const text = JSON.stringify(event);
    const { signing_token: _, ...seen } = event;
    expect(await result(shape('POST', text, false))).toEqual([200, 'OK']);
    expect(await result(shape('POST', Buffer.from(text).toString('base64'), true))).toEqual([200, 'OK']);
    expect(onAny.mock.calls).toEqual([[seen], [seen]]);
    const wrong = JSON.stringify({ ...event, signing_token: 'wrong' });
    expect(await result(shape('POST', wrong, false))).toEqual([401, 'The token is wrong']);
    expect(await result(shape('POST', null, false))).toEqual([400, 'The body is no event']);
    expect(await result(shape('POST', 'no base64!', true))).toEqual([400, 'The body is no event']);
    for (const method of ['GET', 'TRACE', 'CONNECT', 'no method'])
      expect(await result(shape(method, null, false))).toEqual([405, 'Only POST is taken']);
    expect(onAny).toHaveBeenCalledTimes(2);
  });
});

test('the result for Lambda carries the headers', async () => {
  const handler = toLambdaHandler(createWebhookHandler({ token }));
  expect(await handler({ httpMethod: 'GET' })).toEqual({
    statusCode: 405,
    headers: { allow: 'POST', 'content-type': 'text/plain; charset=utf-8' },
    body: 'Only POST is taken',
    isBase64Encoded: false,
  });
});

test('handlers are done before the result, as nothing runs after it', async () => {
  const onAny = vi.fn();
  const handler = toLambdaHandler(createWebhookHandler({ token, onAny, respond: 'first' }));
  const body = JSON.stringify(createTestEvent('UPDATE_MEMBER', { signing_token: token }));
  expect(await handler({ httpMethod: 'POST', body })).toMatchObject({ statusCode: 200 });
  expect(onAny).toHaveBeenCalledOnce();
});

test('an input that is not a request of Lambda’s gets 405 or 500, and the adapter never rejects', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const handler = toLambdaHandler(createWebhookHandler({ token }));
  for (const event of [{}, [], 'text', 1, null, undefined]) {
    const result: unknown = await Reflect.apply(handler, undefined, [event]);
    expect(result).toMatchObject({ statusCode: event == null ? 500 : 405 });
  }
  const failing = toLambdaHandler(() => Promise.reject(new Error('a fault of the application')));
  expect(await failing({ httpMethod: 'POST', body: '' })).toMatchObject({ statusCode: 500 });
  log.mockRestore();
});
