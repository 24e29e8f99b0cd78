import { expect, test } from 'vitest';
import nonNullIds from '../../spec/lint/non-null-ids.js';
import { contextAt } from './context.ts';

const context = contextAt(['components', 'schemas', 'Member']);
const check = (properties: object) => nonNullIds({ properties }, null, context);

test('non-null-ids passes ids that are always there, and what is no id', () => {
  expect(check({ id: { type: 'string' }, name: { type: ['string', 'null'] } })).toEqual([]);
});

test.each([
  { type: ['string', 'null'] },
  { type: 'null' },
  { enum: ['a', null] },
  { anyOf: [{ type: 'string' }, { type: 'null' }] },
  { oneOf: [{ type: 'string' }, { type: ['integer', 'null'] }] },
])('non-null-ids fails on %j', (schema) => {
  expect(check({ id: schema }).map(({ path }) => path)).toEqual([
    ['components', 'schemas', 'Member', 'properties', 'id'],
  ]);
  expect(check({ uuid: schema })).toHaveLength(1);
});

test('non-null-ids allows an event about an object without an id', () => {
  expect(check({ id: { type: ['string', 'null'] }, signing_token: { type: 'string' } })).toEqual([]);
});
