import { expect, test } from 'vitest';
import commonHeaders from '../../spec/lint/common-headers.js';
import { messages } from './context.ts';

const options = { headers: ['X-RateLimit-Limit', 'X-RateLimit-Scope'] };

test('common-headers passes where a response has all of them', () => {
  const headers = { 'X-RateLimit-Limit': {}, 'X-RateLimit-Scope': {}, Allow: {} };
  expect(commonHeaders({ headers }, options)).toEqual([]);
});

test('common-headers names each header that is missing', () => {
  const faults = commonHeaders({ headers: { 'X-RateLimit-Limit': {} } }, options);
  expect(messages(faults)).toEqual(['Lacks X-RateLimit-Scope.']);
  expect(messages(commonHeaders({}, options))).toEqual(['Lacks X-RateLimit-Limit, X-RateLimit-Scope.']);
});
