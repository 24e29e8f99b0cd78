import { expect, expectTypeOf, onTestFinished, test, vi } from 'vitest';
import { createClient, operations, type System } from '../../src/v1.ts';
import { json, token, userAgent } from './helpers.ts';

test('version 1 has a client of its own, typed by its own document', async () => {
  const requests: Request[] = [];
  const fetch = async (request: Request) => {
    requests.push(request);
    return json({ id: 'abcde' });
  };
  const client = createClient({ baseUrl: 'http://localhost/v1', token, userAgent, fetch });
  const { data } = await client.GET('/s/{id}', { params: { path: { id: 'abcde' } } });
  expect(data).toEqual({ id: 'abcde' });
  expectTypeOf(data).toExtend<System | undefined>();
  expect(requests[0]?.url).toBe('http://localhost/v1/s/abcde');
  expect(requests[0]?.headers.get('Authorization')).toBe(token);
  expect(requests[0]?.headers.get('User-Agent')).toBe(userAgent);
  expect(Object.keys(operations)).toHaveLength(13);
});

test('the client of version 1 sends no user agent in a browser', () => {
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const requests: Request[] = [];
  const fetch = async (request: Request) => {
    requests.push(request);
    return json({ id: 'abcde' });
  };
  const client = createClient({ baseUrl: 'http://localhost/v1', userAgent, fetch });
  client.GET('/s/{id}', { params: { path: { id: 'abcde' } } });
  expect(requests[0]?.headers.has('User-Agent')).toBe(false);
});
