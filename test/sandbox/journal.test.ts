import { expect, test } from 'vitest';
import type { SandboxResponse } from '../../src/sandbox/http/messages.ts';
import { Journal } from '../../src/sandbox/journal/journal.ts';

const megabyte = 1_000_000;

function add(journal: Journal, body: SandboxResponse['body'], requestHeaders = new Headers()): void {
  journal.add({
    ...{
      time: 0n,
      duration: 1,
      method: 'GET',
      target: '/v2/members/x',
      url: 'http://localhost/v2/members/x',
    },
    requestHeaders,
    response: { status: 200, headers: {}, ...(body !== undefined && { body }) },
    exchange: { requestBody: '{}' },
  });
}

test('the journal keeps only the start of a long response, without half a character', () => {
  const journal = new Journal(() => null);
  const sent = new TextEncoder().encode(`x${'é'.repeat(megabyte)}`);
  add(journal, 'x'.repeat(megabyte));
  add(journal, sent);
  // A part of the same memory would keep all of it.
  sent.fill(0);
  const [text, bytes] = journal.entries().map(({ response }) => response.body);
  expect(text).toBe(`${'x'.repeat(20_000)}…`);
  expect(bytes).toBe(`x${'é'.repeat(9999)}…`);
});

test('keeps no tokens and cookies', () => {
  const journal = new Journal(() => null);
  const names = ['authorization', 'cookie', 'proxy-authorization', 'x-pluralkit-app'];
  add(journal, '', new Headers([...names, 'x-other'].map((name): [string, string] => [name, 'secret'])));
  expect(journal.entries()[0]?.request.headers).toEqual({
    ...Object.fromEntries(names.map((name) => [name, '(not kept)'])),
    'x-other': 'secret',
  });
});
