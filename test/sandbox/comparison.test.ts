import { describe, expect, test } from 'vitest';
import { compareValues } from '../../scripts/lib/comparison.ts';
import type { Json } from '../../scripts/lib/recordings.ts';

const paths = (expected: Json, actual: unknown, bindings = new Map<string, string>(), ordered = false) =>
  compareValues(expected, actual, bindings, 'body', { ordered }).map(({ path }) => path);

test('objects are compared key by key, in any order', () => {
  expect(paths({ a: 1, b: null }, { b: null, a: 1 })).toEqual([]);
  expect(paths({ a: 1, b: null }, { a: 2, c: null })).toEqual(['body.a', 'body.b', 'body.c']);
});

describe('lists', () => {
  test('are compared without their order', () => {
    expect(paths([{ id: 'a' }, { id: 'b' }], [{ id: 'b' }, { id: 'a' }])).toEqual([]);
    expect(paths(['a', 'a', 'b'], ['a', 'b', 'b'])).not.toEqual([]);
    expect(paths(['a'], ['a', 'a'])).toEqual(['body']);
  });

  test('are compared in order where order counts', () => {
    expect(paths(['a', 'b'], ['b', 'a'], new Map(), true)).toEqual(['body[0]', 'body[1]']);
    expect(paths({ proxy_tags: ['a', 'b'] }, { proxy_tags: ['b', 'a'] })).not.toEqual([]);
    expect(paths({ description_templates: ['a', 'b'] }, { description_templates: ['b', 'a'] })).not.toEqual(
      [],
    );
  });

  test('show the difference of the item with the same id', () => {
    const expected = [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ];
    expect(paths(expected, [{ id: 'b', name: 'X' }, expected[0]])).toEqual(['body[…].name']);
  });
});

describe('names', () => {
  test('are bound at their first occurrence, and keep their value', () => {
    const bindings = new Map<string, string>();
    expect(paths({ id: '<member1.id>' }, { id: 'abcde' }, bindings)).toEqual([]);
    expect(paths("Member '<member1.id>' not found.", "Member 'abcde' not found.", bindings)).toEqual([]);
    expect(paths({ id: '<member1.id>' }, { id: 'other' }, bindings)).toEqual(['body.id']);
  });

  test('of values that are always new are not bound', () => {
    expect(paths(['<now>', '<now>'], ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'])).toEqual([]);
    expect(paths('<now>', null)).toEqual(['body']);
  });

  test('are not bound by an item of a list that does not fit', () => {
    const bindings = new Map<string, string>();
    const expected = [
      { id: '<member1.id>', name: 'New' },
      { id: 'known', name: 'Known' },
    ];
    const actual = [
      { id: 'known', name: 'Known' },
      { id: 'fresh', name: 'New' },
    ];
    expect(paths(expected, actual, bindings)).toEqual([]);
    expect(bindings.get('<member1.id>')).toBe('fresh');
  });
});
