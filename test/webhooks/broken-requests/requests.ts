import fc from 'fast-check';
import { createTestEvent } from '../../../src/webhooks/index.ts';
import { httpMethods } from '../../support/http-methods.ts';

/** What is sent over one connection, and how the sender leaves. */
export interface BrokenRequest {
  readonly bytes: Buffer;
  /** `end` closes its own half and reads on; `destroy` closes all; `reset` breaks the connection off. */
  readonly leave: 'end' | 'destroy' | 'reset';
}

const events = (['PING', 'UPDATE_MEMBER', 'DELETE_GROUP'] as const).map((type) =>
  JSON.stringify(createTestEvent(type)),
);

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const text = fc.string({ unit: 'binary', maxLength: 20 });

const method = fc.oneof(
  { weight: 4, arbitrary: fc.constant('POST') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...httpMethods.filter((name) => name !== 'POST'), 'post', ''),
  },
  text,
);
const target = fc.oneof(
  { weight: 4, arbitrary: fc.constant('/') },
  fc.constantFrom('', '*', '//', '/%', '/%00', '/../..', 'http://[::1', 'x:80', `/${'a'.repeat(20_000)}`),
  text,
);
const version = fc.oneof(
  { weight: 6, arbitrary: fc.constant('HTTP/1.1') },
  fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/9.9', '', 'ICY'),
);
const header = fc.oneof(
  fc.constantFrom(
    'Content-Length: 10',
    'Content-Length: 0',
    'Content-Length: -1',
    'Content-Length: 99999999999999999999',
    'Content-Length: 5, 6',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding: identity',
    'Transfer-Encoding: x',
    'Expect: 100-continue',
    'Expect: x',
    'Connection: upgrade\r\nUpgrade: websocket',
    'Connection: close',
    'Content-Encoding: gzip',
    'Host:',
    'Host: a\r\nHost: b',
    'Content-Type: application/json',
    'Trailer: x',
    ' folded',
    'no colon',
    ':',
    `X: ${'x'.repeat(20_000)}`,
  ),
  fc.tuple(text, text).map((parts) => parts.join(':')),
);

const plainBody = fc.oneof(
  fc
    .constantFrom(...events, '', '{', '[]', 'null', `${'['.repeat(5_000)}`, '{"type":"PING","system_id":"x"}')
    .map((body) => Buffer.from(body)),
  bytes,
);
const body = fc.oneof(
  plainBody,
  plainBody.map(chunked),
  fc
    .constantFrom('-1\r\n', 'ffffffffffffffffff\r\nx', '5;x=y\r\nab', 'x\r\n', '0\r\nX: y', '3\r\nabcd\r\n')
    .map((chunk) => Buffer.from(chunk)),
);

function chunked(content: Buffer): Buffer {
  const size = content.length.toString(16);
  return Buffer.concat([Buffer.from(`${size}\r\n`), content, Buffer.from('\r\n0\r\n\r\n')]);
}

/** One whole request: sometimes right, as each part of it may be. */
const request = fc
  .record({
    line: fc.tuple(method, target, version),
    headers: fc.array(header, { maxLength: 3 }),
    body,
    isFramed: fc.boolean(),
  })
  .map(({ line, headers, body: content, isFramed }) => {
    const framing = isFramed ? [`Content-Length: ${content.length}`] : [];
    const head = [line.join(' '), 'Host: localhost', ...framing, ...headers].join('\r\n');
    return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), content]);
  });

/** Some requests one after another, cut anywhere. */
const connection: fc.Arbitrary<BrokenRequest> = fc
  .record({
    requests: fc.array(fc.oneof({ weight: 6, arbitrary: request }, bytes), { minLength: 1, maxLength: 2 }),
    keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    leave: fc.constantFrom('end', 'destroy', 'reset'),
  })
  .map(({ requests, keep, leave }) => {
    const all = Buffer.concat(requests);
    return { bytes: all.subarray(0, Math.ceil(all.length * keep)), leave };
  });

/** Broken requests; the same ones for the same seed. */
export function brokenRequests(count: number, seed: number): BrokenRequest[] {
  return fc.sample(connection, { numRuns: count, seed });
}
