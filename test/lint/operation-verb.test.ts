import { expect, test } from 'vitest';
import operationVerb from '../../spec/lint/operation-verb.js';
import { contextAt } from './context.ts';

function check(method: string, operationId: unknown, type = 'object') {
  const responses = { 200: { content: { 'application/json': { schema: { type } } } } };
  return operationVerb({ operationId, responses }, null, contextAt(['paths', '/x', method]));
}

test.each([
  ['get', 'getMember'],
  ['get', 'getSystemOEmbed'],
  ['post', 'addGroupMembers'],
  ['patch', 'updateSystem'],
  ['delete', 'deleteSwitch'],
])('operation-verb passes %s %s', (method, operationId) => {
  expect(check(method, operationId)).toEqual([]);
});

test.each([
  ['get', 'fetchMember'],
  ['get', 'member'],
  ['get', 'get'],
  ['get', 'get_member'],
  ['get', undefined],
  ['post', 'getMember'],
  ['patch', 'createMember'],
  ['delete', 'removeSwitch'],
])('operation-verb fails on %s %s', (method, operationId) => {
  expect(check(method, operationId)).toHaveLength(1);
});

test('operation-verb allows the verb list for lists alone', () => {
  expect(check('get', 'listMembers', 'array')).toEqual([]);
  expect(check('get', 'getMembers', 'array')).toHaveLength(1);
  expect(check('get', 'listMember')).toHaveLength(1);
});
