/**
 * The published document is written for tools (scripts/bundle), the sources for people. Here both are held against the
 * same values: what one takes, the other takes.
 */
import { describe, expect, test } from 'vitest';
import { bundleDocuments, generatedDocument } from '../../scripts/lib/document.ts';
import { isObject, type Json, type Version } from '../../scripts/lib/recordings.ts';
import { tries } from '../support/tries.ts';
import { type Body, type Contract, contractOf, schemasOf } from './contract.ts';
import { loadExchanges } from './exchanges.ts';
import { mutationsOf, replacementsOf, shapeOf } from './mutations.ts';

const sources = await bundleDocuments();

/** One of so many changes is tried. */
const interval = tries(5, 1);

/** Put in place of each value in turn. */
const others: readonly Json[] = [
  null,
  '',
  ' ',
  'text',
  '0000-01-01',
  '2000-02-30',
  'ff7000',
  '@me',
  'private',
  0,
  -1,
  1.5,
  20002,
  true,
  [],
  ['abcde', 'abcde'],
  ['abcde', 'fghij'],
  {},
];

/**
 * Where the two differ, and why. In the sources the settings are those that the owner sees or those that anyone sees, in
 * one schema these are the former with the owner's fields optional: it also looks at those that a public view has too.
 */
function mayDiffer(place: string): boolean {
  // What refers to an enum may be null there; the enum itself holds no null.
  if (/^\w+ PrivacyPatch null at \/$/.test(place)) return true;
  return place.startsWith('open getSystemSettings 200 ');
}

describe.each(['v2', 'v1'] as const)('source and published form of %s', (version) => {
  const source = contractOf(version, withWebhooks(sources[version]));
  const published = contractOf(version, withWebhooks(generatedDocument(version)));

  test('accept the same recorded bodies, and the same changes of them', () => {
    const { differences, compared } = compare(recordedBodies(version, source, published));
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(5000 / interval);
  });

  test('accept the same changes of the examples of each schema', () => {
    const { differences, compared } = compare(examplesOfSchemas(version));
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(1000 / interval);
  });
});

interface Case {
  readonly place: string;
  readonly value: Json;
  readonly bodies: readonly [Body, Body];
}

function compare(cases: Iterable<Case>): { differences: string[]; compared: number } {
  const differences = new Set<string>();
  let compared = 0;
  for (const { place, value, bodies } of cases) {
    const changes = [...mutationsOf(value), ...replacementsOf(value, others)];
    // Others for each value, so that all are made of some values.
    const tried = changes.filter((_, index) => (index + compared) % interval === 0);
    for (const { name, value: changed } of [{ name: 'as it is', value }, ...tried]) {
      const [open, otherOpen] = bodies.map((body) => body.checkOpen(changed).length === 0);
      const [closed, otherClosed] = bodies.map((body) => body.checkClosed(changed).length === 0);
      if (open !== otherOpen) differences.add(`open ${place} ${name}`);
      if (closed !== otherClosed) differences.add(`closed ${place} ${name}`);
      compared += 1;
    }
  }
  return { differences: [...differences].filter((one) => !mayDiffer(one)), compared };
}

/** Each body that was sent or received, once for each schema and set of keys. */
function* recordedBodies(version: Version, source: Contract, published: Contract): Iterable<Case> {
  const seen = new Set<string>();
  for (const { request, response, dispatched = [] } of loadExchanges(version)) {
    const id = source.match(request.method, request.path)?.operation.operationId ?? '';
    const events = dispatched.flatMap((sent) =>
      isObject(sent) && isObject(sent.payload) ? [sent.payload] : [],
    );
    const candidates = [
      { id, part: 'request', value: request.body },
      { id, part: String(response.status), value: response.body },
      ...events.map((event) => ({ id: String(event.type), part: 'request', value: toJson(event) })),
    ];
    for (const { id, part, value } of candidates) {
      if (value === undefined) continue;
      const [one, other] = [source, published].map((contract) => bodiesAt(contract, id, part));
      for (const [mediaType, body] of one ?? []) {
        const counterpart = other?.get(mediaType);
        if (!counterpart) throw new Error(`${id} ${part} ${mediaType} is not published`);
        const key = JSON.stringify([body.schema, counterpart.schema, shapeOf(value)]);
        if (seen.has(key)) continue;
        seen.add(key);
        yield { place: `${id} ${part}`, value, bodies: [body, counterpart] };
      }
    }
  }
}

function bodiesAt(contract: Contract, id: string, part: string): ReadonlyMap<string, Body> | undefined {
  const operation = contract.operations.get(id);
  return part === 'request' ? operation?.requestBodies : operation?.responses.get(Number(part));
}

function* examplesOfSchemas(version: Version): Iterable<Case> {
  const source = contractOf(version, withSchemasAsBodies(sources[version]));
  const published = contractOf(version, withSchemasAsBodies(generatedDocument(version)));
  for (const [name, schema] of Object.entries(schemasOf(sources[version]))) {
    // The errors inherit from it, and nothing is of its type.
    if (name === 'Error') continue;
    const { example, examples } = isObject(schema) ? schema : {};
    const [one, other] = [source, published].map((contract) =>
      bodiesAt(contract, name, '200')?.get('application/json'),
    );
    if (!one || !other) throw new Error(`${name} is not published`);
    for (const value of [example ?? null, ...(Array.isArray(examples) ? examples : [])]) {
      yield { place: name, value: toJson(value), bodies: [one, other] };
    }
  }
}

/** A document whose operations respond with each of its schemas. */
function withSchemasAsBodies(document: Record<string, unknown>): Record<string, unknown> {
  const paths = Object.keys(schemasOf(document)).map((name) => {
    const schema = { $ref: `#/components/schemas/${name}` };
    return [
      `/${name}`,
      { get: { operationId: name, responses: { 200: { content: { 'application/json': { schema } } } } } },
    ];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

/** The document with its webhooks as operations, named by the types of events. */
function withWebhooks(document: Record<string, unknown>): Record<string, unknown> {
  const webhooks = Object.entries(isObject(document.webhooks) ? document.webhooks : {}).map(
    ([type, item]) => {
      const post = isObject(item) && isObject(item.post) ? item.post : {};
      return [`/${type}`, { post: { ...post, operationId: type } }];
    },
  );
  return {
    ...document,
    paths: { ...(isObject(document.paths) && document.paths), ...Object.fromEntries(webhooks) },
  };
}

function toJson(value: unknown): Json {
  const json: Json = JSON.parse(JSON.stringify(value));
  return json;
}
