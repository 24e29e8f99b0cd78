import { queryIn } from '../http/target.ts';
import type { JournalEntry } from './journal.ts';

/**
 * Requests as an HTTP archive (HAR 1.2), which browsers' developer tools and many others open.
 *
 * @param entries - from a journal
 */
export function toHar(entries: readonly JournalEntry[]): object {
  const creator = { name: 'pluralkit-openapi sandbox', version: '1' };
  return { log: { version: '1.2', creator, entries: entries.map(toHarEntry) } };
}

function toHarEntry({
  time,
  duration,
  method,
  target,
  status,
  request,
  response,
  operation,
}: JournalEntry): object {
  const type = request.headers['content-type'] ?? '';
  return {
    startedDateTime: time,
    time: duration,
    request: {
      method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toPairs(Object.entries(request.headers)),
      queryString: toPairs([...queryIn(target)]),
      ...(request.body !== null && { postData: { mimeType: type, text: request.body } }),
      headersSize: -1,
      bodySize: request.body === null ? 0 : -1,
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toPairs(Object.entries(response.headers)),
      content: {
        size: response.body?.length ?? 0,
        mimeType: response.headers['content-type'] ?? '',
        ...(response.body !== null && { text: response.body }),
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: duration, receive: 0 },
    ...(operation !== null && { comment: operation }),
  };
}

function toPairs(entries: readonly (readonly [string, string])[]): object[] {
  return entries.map(([name, value]) => ({ name, value }));
}
