import { expect, test } from 'vitest';
import snowflakeStrings from '../../spec/lint/snowflake-strings.js';
import { contextAt } from './context.ts';

const options = { names: ['guild', 'guild_id'] };
const digits = { type: 'string', pattern: '^\\d{1,20}$' };
const check = (schema: object) => snowflakeStrings({ properties: { guild: schema } }, options, contextAt([]));

test.each([
  [digits],
  [{ type: ['string', 'null'], pattern: '^\\d+$' }],
  [{ anyOf: [digits, { type: 'null' }] }],
  [{ allOf: [digits, { description: 'x' }] }],
  [{ enum: ['466707357099884544', null] }],
])('snowflake-strings passes %j', (schema) => {
  expect(check(schema)).toEqual([]);
});

test.each([
  [{ type: 'integer' }],
  [{ type: 'string' }],
  [{ type: 'string', pattern: '^[a-z0-9]+$' }],
  [{ type: 'string', pattern: '\\d' }],
  [{ type: ['string', 'integer'], pattern: '^\\d+$' }],
  [{ anyOf: [digits, { type: 'integer' }] }],
])('snowflake-strings fails on %j', (schema) => {
  expect(check(schema)).toHaveLength(1);
});

test('snowflake-strings checks parameters too, and only what is a Discord id', () => {
  expect(
    snowflakeStrings({ name: 'guild_id', schema: { type: 'integer' } }, options, contextAt([])),
  ).toHaveLength(1);
  expect(snowflakeStrings({ name: 'limit', schema: { type: 'integer' } }, options, contextAt([]))).toEqual(
    [],
  );
});
