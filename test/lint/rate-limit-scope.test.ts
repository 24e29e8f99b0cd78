import { expect, test } from 'vitest';
import rateLimitScope from '../../spec/lint/rate-limit-scope.js';
import { contextAt } from './context.ts';

const check = (method: string, limit?: object) =>
  rateLimitScope({ 'x-rate-limit': limit }, null, contextAt(['paths', '/x', method]));

test('rate-limit-scope passes scopes that fit the method', () => {
  expect(check('get', { scope: 'generic_get', ownSystemScope: 'own_system_get' })).toEqual([]);
  expect(check('get', { scope: 'generic_get', documentedScope: 'message' })).toEqual([]);
  expect(check('post', { scope: 'generic_update', ownSystemScope: 'own_system_update' })).toEqual([]);
});

test('rate-limit-scope fails on scopes of the other kind, and on unknown ones', () => {
  expect(check('get', { scope: 'generic_update' })).toHaveLength(1);
  expect(check('patch', { scope: 'generic_update', ownSystemScope: 'own_system_get' })).toHaveLength(1);
  expect(check('get', { scope: 'generic_get', other: 'generic_get' })).toHaveLength(1);
});

test('rate-limit-scope fails where there is no scope', () => {
  expect(check('get')).toHaveLength(1);
  expect(check('get', {})).toHaveLength(1);
});
