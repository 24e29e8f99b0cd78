import { describe, expect, test } from 'vitest';
import { breaksBetween, describeBreaks } from '../../scripts/release/breaks.ts';
import { releaseChanges, tellsOfBreaks } from '../../scripts/release/changelog.ts';
import { assertNewer, mayBreak } from '../../scripts/release/version.ts';

const text = { type: 'string' };

type Values = Record<string, unknown>;

interface Small {
  readonly paths: Record<string, { get: Values; patch: Values }>;
  readonly webhooks: Record<string, object>;
  readonly components: {
    readonly schemas: Record<string, { type: string; required: string[]; properties: Values }>;
  };
}

/** A small document; the tests change a copy. */
const document = (): Small & Values => ({
  openapi: '3.1.1',
  info: { title: 'Small', version: '1' },
  paths: {
    '/things/{id}': {
      get: {
        operationId: 'getThing',
        description: 'Gets it.',
        security: [{ token: [] }, {}],
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } }],
        responses: {
          200: {
            description: 'It.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          404: { description: 'None.' },
        },
      },
      patch: {
        operationId: 'updateThing',
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ThingPatch' } } },
        },
        responses: { 204: { description: 'Done.' } },
      },
    },
  },
  webhooks: {
    PING: {
      post: {
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/PingEvent' } } },
        },
        responses: { 200: { description: 'Seen.' } },
      },
    },
  },
  components: {
    schemas: {
      Thing: { type: 'object', required: ['id'], properties: { id: text, kind: { enum: ['a', 'b'] } } },
      PingEvent: { type: 'object', required: [], properties: { type: text } },
      ThingPatch: { type: 'object', required: [], properties: { kind: { enum: ['a', 'b'] } } },
    },
  },
});

const item = ({ paths }: Small) => found(paths['/things/{id}']);
const schema = (small: Small, name: string) => found(small.components.schemas[name]);

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('The document has none');
  return value;
}

function breaksOf(change: (small: Small) => void): string {
  const after = document();
  change(after);
  return describeBreaks(breaksBetween(document(), after));
}

describe('breaks programs, and is named:', () => {
  test.each<[string, (small: Small) => void, RegExp]>([
    [
      'an operation that is gone',
      (d) => Reflect.deleteProperty(item(d), 'patch'),
      /operation PATCH \/things\/\{id\}/,
    ],
    ['a path that is gone', ({ paths }) => Reflect.deleteProperty(paths, '/things/{id}'), /\/things\/\{id\}/],
    ['a webhook that is gone', ({ webhooks }) => delete webhooks.PING, /operation POST \/webhooks\/PING/],
    ['a status that is gone', (d) => Reflect.deleteProperty(Object(item(d).get.responses), '404'), /404/],
    ['a field of a response that is gone', (d) => delete schema(d, 'Thing').properties.id, /`id`/],
    ['a field that may be absent from now on', (d) => schema(d, 'Thing').required.pop(), /required .*`id`/],
    [
      'a field of another type',
      (d) => Object.assign(schema(d, 'Thing').properties, { id: { type: 'integer' } }),
      /type .*`id`/,
    ],
    [
      'a field that has to be sent',
      (d) => schema(d, 'ThingPatch').required.push('kind'),
      /required .*`kind`/,
    ],
    [
      'a value that is no longer taken',
      (d) => Object.assign(schema(d, 'ThingPatch').properties, { kind: { enum: ['a'] } }),
      /values .*`kind`/,
    ],
    [
      'a parameter that has to be sent',
      (d) => Object.assign(Object(item(d).get.parameters)[0], { required: true }),
      /required .*`limit`/,
    ],
    [
      'a lower limit',
      (d) => Object.assign(Object(item(d).get.parameters)[0].schema, { maximum: 10 }),
      /maximum/,
    ],
    ['a token that is needed', (d) => Object.assign(item(d).get, { security: [{ token: [] }] }), /security/],
  ])('%s', (_, change, expected) => {
    expect(breaksOf(change)).toMatch(expected);
  });
});

describe('breaks nothing:', () => {
  test.each<[string, (small: Small) => void]>([
    ['no change', () => {}],
    ['another description', (d) => Object.assign(item(d).get, { description: 'Gets one.' })],
    ['a new operation', (d) => Object.assign(d.paths, { '/others': { get: item(d).get } })],
    ['a new field of a response', (d) => Object.assign(schema(d, 'Thing').properties, { name: text })],
    [
      'a new field that may be sent',
      (d) => Object.assign(schema(d, 'ThingPatch').properties, { name: text }),
    ],
    ['a new webhook', ({ webhooks }) => Object.assign(webhooks, { PONG: webhooks.PING })],
  ])('%s', (_, change) => {
    expect(breaksOf(change)).toBe('');
  });
});

describe('a version', () => {
  test.each(['0.1.0', '0.0.9', '0.1', 'v0.2.0', '0.1.0-beta'])(
    'must follow 0.1.0, which %s does not',
    (version) => {
      expect(() => assertNewer(version, '0.1.0')).toThrow(/is not newer than|is no version/);
    },
  );

  test.each([
    ['0.1.1', '0.1.0', false],
    ['0.2.0', '0.1.9', true],
    ['1.0.0', '0.9.0', true],
    ['1.1.0', '1.0.3', false],
    ['2.0.0', '1.9.9', true],
  ])('may break, as %s does after %s: %s', (version, last, expected) => {
    expect(() => assertNewer(version, last)).not.toThrow();
    expect(mayBreak(version, last)).toBe(expected);
  });
});

describe('the changelog', () => {
  const text =
    '# Changelog\n\nAll notable changes.\n\n## [Unreleased]\n\n### Added\n\n- A thing,\n  in two lines.\n';
  const release = (content: string) =>
    releaseChanges(content, '0.2.0', new Date('2027-01-02'), 'https://example.com/project');

  test('moves what is unreleased to the version, unchanged', () => {
    const released = release(text);
    expect(released).toContain('## [0.2.0] - 2027-01-02\n\n### Added\n\n- A thing,\n  in two lines.\n');
    expect(released).toMatch(/^## \[?Unreleased\]?\n/m);
    expect(released.indexOf('Unreleased')).toBeLessThan(released.indexOf('0.2.0'));
    expect(() => release(released)).toThrow('nothing under “Unreleased”');
  });

  test('tells of a break in bold', () => {
    expect(tellsOfBreaks(text)).toBe(false);
    expect(tellsOfBreaks(text.replace('A thing', '**Breaking**: a thing'))).toBe(true);
    expect(tellsOfBreaks(release(text.replace('A thing', '**Breaking**: a thing')))).toBe(false);
  });
});
