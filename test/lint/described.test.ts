import { expect, test } from 'vitest';
import described from '../../spec/lint/described.js';
import { contextAt } from './context.ts';

const context = contextAt(['Member']);
const check = (schema: object) =>
  described({ description: 'A thing.', ...schema }, null, context).map(({ path }) => path?.join('.'));

test('described passes where everything is described', () => {
  expect(check({ properties: { name: { description: 'What it is called.' } } })).toEqual([]);
});

test('described passes where a field narrows one that is described', () => {
  const base = { properties: { code: { description: 'What went wrong.' } } };
  expect(check({ allOf: [base, { properties: { code: { const: 1 } } }] })).toEqual([]);
  expect(check({ allOf: [{ allOf: [base] }], properties: { code: { const: 1 } } })).toEqual([]);
});

test('described fails on a model without a description', () => {
  expect(described({ properties: {} }, null, context)).toHaveLength(1);
});

test('described fails on a field without one, at any depth', () => {
  expect(check({ properties: { name: { type: 'string' } } })).toEqual(['Member.properties.name']);
  expect(check({ items: { properties: { a: {} } } })).toEqual(['Member.items.properties.a']);
  expect(check({ oneOf: [{ properties: { a: {} } }] })).toEqual(['Member.oneOf.0.properties.a']);
  const nested = { description: 'Nested.', properties: { b: {} } };
  expect(check({ properties: { a: nested } })).toEqual(['Member.properties.a.properties.b']);
});
