import { expect, test } from 'vitest';
import codeExamples from '../../spec/lint/code-examples.js';
import { messages } from './context.ts';

const notFound = { properties: { code: { const: 20001 } } };
const noMember = { properties: { code: { const: 20003 } } };

test('code-examples passes where each code has an example', () => {
  const examples = { a: { value: { code: 20001 } }, b: { value: { code: 20003 } } };
  expect(codeExamples({ schema: { oneOf: [notFound, noMember] }, examples })).toEqual([]);
  expect(codeExamples({ schema: notFound, example: { code: 20001 } })).toEqual([]);
});

test('code-examples passes where a body without codes has any example', () => {
  expect(codeExamples({ schema: { type: 'string' }, examples: { a: { value: 'x' } } })).toEqual([]);
});

test('code-examples fails where a code has no example', () => {
  const examples = { a: { value: { code: 20001 } } };
  const faults = codeExamples({ schema: { oneOf: [notFound, noMember] }, examples });
  expect(messages(faults)).toEqual([expect.stringContaining('20003')]);
});

test('code-examples fails where there is no example at all', () => {
  expect(codeExamples({ schema: { type: 'object' } })).toHaveLength(1);
});
