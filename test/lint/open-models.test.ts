import { expect, test } from 'vitest';
import openModels from '../../spec/lint/open-models.js';
import { contextAt } from './context.ts';

const check = (schema: object) =>
  openModels(schema, null, contextAt(['X'])).map(({ path }) => path?.join('.'));

test('open-models passes open models and maps', () => {
  expect(check({ properties: { a: { type: 'string' } } })).toEqual([]);
  expect(check({ additionalProperties: { type: 'string' } })).toEqual([]);
});

test('open-models fails on a closed model, at any depth', () => {
  expect(check({ additionalProperties: false })).toEqual(['X.additionalProperties']);
  expect(check({ allOf: [{}], unevaluatedProperties: false })).toEqual(['X.unevaluatedProperties']);
  expect(check({ properties: { a: { additionalProperties: false } } })).toEqual([
    'X.properties.a.additionalProperties',
  ]);
});
