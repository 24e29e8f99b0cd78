import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addAccess } from '../../spec/plugin/access.ts';
import { addCodeSamples } from '../../spec/plugin/code-samples.ts';
import { addCommonHeaders } from '../../spec/plugin/common-headers.ts';
import { addCommonResponses } from '../../spec/plugin/common-responses.ts';
import { addExamples } from '../../spec/plugin/examples.ts';
import { pythonLiteral, typescriptLiteral } from '../../spec/plugin/literal.ts';
import { addRateLimits } from '../../spec/plugin/rate-limits.ts';
import {
  copyInto,
  isObject,
  type Resolve,
  type SourceObject,
  sourceOperations,
} from '../../spec/plugin/source.ts';

/** Resolves references among files that are objects, as Redocly does among those of a disk. */
function resolverOf(files: Readonly<Record<string, SourceObject>>): Resolve {
  return (node, file) => {
    if (!isObject(node)) return { node: {}, file };
    if (typeof node.$ref !== 'string') return { node, file };
    const target = new URL(node.$ref, `file://${file}`).pathname;
    return { node: files[target] ?? {}, file: target };
  };
}

const rootFile = '/spec/v2/openapi.yaml';

function exampleFile(content: unknown): string {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'example.yaml');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('the function copyInto', () => {
  test('makes references start from the new file', () => {
    const node = {
      schema: { oneOf: [{ $ref: '../schemas/A.yaml#/x' }, { $ref: '#/y' }] },
      $ref: 'https://a.test/',
    };
    expect(copyInto('/spec/v2/paths/p.yaml', { node, file: '/spec/v2/components/responses/R.yaml' })).toEqual(
      {
        schema: {
          oneOf: [{ $ref: '../components/schemas/A.yaml#/x' }, { $ref: '../components/responses/R.yaml#/y' }],
        },
        $ref: 'https://a.test/',
      },
    );
  });
});

describe('the access of an operation', () => {
  const complete = (...security: readonly object[]) => {
    const get: SourceObject = { description: 'Gets it.\n', security };
    const paths = { '/m': { get } };
    addAccess(sourceOperations(paths, rootFile, resolverOf({})));
    return get;
  };

  test('adds the first scope for programs, and a sentence where every caller needs a token', () => {
    expect(complete({ LegacyToken: [] }, { ApiKey: ['write:groups'] })).toMatchObject({
      'x-api-key-scope': { part: 'groups', level: 'write' },
      description: 'Gets it.\n\nAPI key: needs `write:groups`.',
    });
    expect(complete({ ApiKey: ['read:system'] }, { ApiKey: ['identify'] }, {})).toMatchObject({
      'x-api-key-scope': { part: 'system', level: 'read', identify: true },
      description: 'Gets it.\n',
    });
  });

  test('is unchanged where no API key is accepted', () => {
    expect(complete({ LegacyToken: [] })).not.toHaveProperty('x-api-key-scope');
    expect(complete({})).not.toHaveProperty('x-api-key-scope');
  });
});

describe('rate limits', () => {
  const root = { 'x-rate-limits': { own_system_get: 10, own_system_update: 3 } };
  const limitOf = (path: string, method: string, own: object = {}, document: SourceObject = root) => {
    const node: SourceObject = { ...own };
    addRateLimits(document, sourceOperations({ [path]: { [method]: node } }, rootFile, resolverOf({})));
    return node['x-rate-limit'];
  };

  test('follow from the method and the path', () => {
    expect(limitOf('/groups', 'post')).toEqual({ scope: 'generic_update' });
    const own = { scope: 'generic_get', ownSystemScope: 'own_system_get' };
    expect(limitOf('/groups/{groupRef}', 'get')).toEqual(own);
    expect(limitOf('/groups/{groupRef}', 'get', {}, {})).toEqual({ scope: 'generic_get' });
  });

  test('are completed where an operation says more', () => {
    const documented = { 'x-rate-limit': { documentedScope: 'message' } };
    expect(limitOf('/messages/{message_id}', 'get', documented)).toEqual({
      scope: 'generic_get',
      documentedScope: 'message',
    });
  });
});

describe('common responses', () => {
  const shared: SourceObject = { description: 'Shared.' };
  const resolve = resolverOf({ '/spec/v2/components/responses/S.yaml': shared });
  const reference = { $ref: 'components/responses/S.yaml' };

  test('are added where the operation gives them, and keep what the operation says itself', () => {
    const own = { description: 'Own.' };
    const paths = {
      '/m': { post: { security: [{ LegacyToken: [] }], requestBody: {}, responses: { 429: own } } },
      '/open': { get: { security: [{}], responses: {} } },
    };
    const root: SourceObject = {
      'x-common-responses': { 401: reference, 415: reference, 429: reference },
      paths,
    };
    const added = addCommonResponses(root, rootFile, sourceOperations(paths, rootFile, resolve), resolve);
    expect(paths['/m'].post.responses).toEqual({ 401: reference, 415: reference, 429: own });
    expect(paths['/open'].get.responses).toEqual({ 429: reference });
    expect([...added.values()].map(({ node }) => node)).toEqual([shared, shared, shared]);
    expect(root).not.toHaveProperty('x-common-responses');
  });
});

describe('common headers', () => {
  test('are put on every response of operations, wherever it stands, and on no webhook', () => {
    const own = { description: 'Own.', headers: { Allow: {} } };
    const shared: SourceObject = { description: 'Shared.' };
    const hook = { responses: { 200: { description: 'Hook.' } } };
    const root = {
      'x-common-response-headers': ['X-A'],
      paths: { '/m': { get: { responses: { 200: own, 404: { $ref: 'components/responses/S.yaml' } } } } },
      webhooks: { PING: { post: hook } },
    };
    const resolve = resolverOf({ '/spec/v2/components/responses/S.yaml': shared });
    addCommonHeaders(root, rootFile, sourceOperations(root.paths, rootFile, resolve), resolve);
    expect(Object.keys(own.headers)).toEqual(['Allow', 'X-A']);
    expect(shared.headers).toEqual({ 'X-A': { $ref: expect.stringMatching(/headers\/X-A\.yaml$/) } });
    expect(hook).toEqual({ responses: { 200: { description: 'Hook.' } } });
  });
});

describe('headers of the API', () => {
  test('are put on what it returns, not on errors, nor on responses of the gateway itself', () => {
    const responses = () => ({ 200: {} as SourceObject, 404: {} as SourceObject, 415: {} as SourceObject });
    const [api, gateway] = [responses(), responses()];
    const root = {
      'x-api-response-headers': ['X-V'],
      paths: {
        '/m': { post: { responses: api }, get: { 'x-gateway-response': true, responses: gateway } },
      },
    };
    const resolve = resolverOf({});
    addCommonHeaders(root, rootFile, sourceOperations(root.paths, rootFile, resolve), resolve);
    const withVersion = (found: object) =>
      Object.entries(found).flatMap(([status, { headers }]) => ('X-V' in headers ? [status] : []));
    expect(withVersion(api)).toEqual(['200', '415']);
    expect(withVersion(gateway)).toEqual([]);
  });
});

describe('examples', () => {
  const schema = (code: number, message: string) => ({
    title: message,
    properties: { code: { const: code } },
    examples: [{ message, code }],
  });
  const files = () => ({
    '/spec/v2/S1.yaml': schema(1, 'One'),
    '/spec/v2/S2.yaml': schema(2, 'Two'),
    '/spec/v2/R.yaml': {
      content: { 'application/json': { schema: { oneOf: [{ $ref: 'S1.yaml' }, { $ref: 'S2.yaml' }] } } },
    },
  });
  const complete = (operation: SourceObject, recorded: unknown, contents = files()) => {
    const resolve = resolverOf(contents);
    const operations = sourceOperations({ '/m': { get: operation } }, rootFile, resolve);
    const file = exampleFile(recorded);
    addExamples(operations, () => file, resolve);
    return contents;
  };

  test('are those of the schemas for each error that no recording shows', () => {
    const contents = complete({ responses: { 400: { $ref: 'R.yaml' } } }, {});
    expect(contents['/spec/v2/R.yaml'].content['application/json']).toMatchObject({
      examples: {
        S1: { summary: 'One', value: { code: 1 } },
        S2: { summary: 'Two', value: { code: 2 } },
      },
    });
  });

  test('go to a copy where they are an operation’s own, and leave what is shared as it is', () => {
    const operation: SourceObject = { responses: { 400: { $ref: 'R.yaml' } } };
    const value = { message: 'Own', code: 2 };
    const contents = complete(operation, {
      responses: { 400: { 'application/json': { S2: { summary: 'Two', value } } } },
    });
    expect(operation.responses).toMatchObject({
      400: { content: { 'application/json': { examples: { S1: { value: { code: 1 } }, S2: { value } } } } },
    });
    expect(JSON.stringify(contents['/spec/v2/R.yaml'])).not.toContain('Own');
  });

  test('that say what the schemas say leave a shared response shared', () => {
    const operation: SourceObject = { responses: { 400: { $ref: 'R.yaml' } } };
    complete(operation, {
      responses: {
        400: { 'application/json': { S1: { summary: 'One', value: { message: 'One', code: 1 } } } },
      },
    });
    expect(operation.responses).toEqual({ 400: { $ref: 'R.yaml' } });
  });

  test('stay where they are written by hand', () => {
    const content = { 'application/json': { schema: {}, examples: { hand: { value: 1 } } } };
    complete(
      { requestBody: { content } },
      { request: { 'application/json': { typical: { summary: '', value: 2 } } } },
    );
    expect(content['application/json'].examples).toEqual({ hand: { value: 1 } });
  });

  test('are put into request bodies', () => {
    const operation: SourceObject = { requestBody: { content: { 'application/json': { schema: {} } } } };
    const typical = { summary: 'Typical', value: { name: 'A' } };
    complete(operation, { request: { 'application/json': { typical } } });
    expect(operation.requestBody).toMatchObject({
      content: { 'application/json': { examples: { typical } } },
    });
  });
});

describe('code samples', () => {
  function samplesOf(part: SourceObject, path = '/systems/{systemRef}'): string[] {
    const operation: SourceObject = { operationId: 'updateSystem', tags: ['Systems'], ...part };
    const systemRef = {
      name: 'systemRef',
      in: 'path',
      examples: { id: { value: 'exmpl' }, own: { value: '@me' } },
    };
    const root = {
      servers: [{ url: 'https://api.example.com/v2' }],
      paths: { [path]: { parameters: [systemRef], patch: operation } },
    };
    const resolve = resolverOf({});
    addCodeSamples(root, sourceOperations(root.paths, rootFile, resolve), resolve);
    const samples: unknown = operation['x-codeSamples'];
    return Array.isArray(samples) ? samples.map((sample) => String(sample.source)) : [];
  }
  const body = { content: { 'application/json': { examples: { a: { value: { name: "it's" } } } } } };

  test('send a token only where one is needed, from the environment', () => {
    const open = samplesOf({ security: [{}] });
    expect(open.join()).not.toMatch(/TOKEN/);
    expect(open.join()).toContain('/systems/exmpl');
    const closed = samplesOf({ security: [{ LegacyToken: [] }] });
    expect(closed[0]).toContain('-H "Authorization: $PLURALKIT_TOKEN"');
    expect(closed[0]).toContain('/systems/@me');
    expect(closed[1]).toContain('process.env.PLURALKIT_TOKEN');
    expect(closed[2]).toContain('os.environ["PLURALKIT_TOKEN"]');
  });

  test('send a user agent, and can be sent to another server', () => {
    const [curl = '', typescript, python] = samplesOf({ security: [{}] });
    expect(curl).toContain('User-Agent: ');
    expect(curl).toContain(`\${PLURALKIT_URL:-https://api.example.com/v2}`);
    expect(typescript).toContain('userAgent: ');
    expect(python).toContain('"User-Agent": ');
    expect(python).toContain('os.environ.get("PLURALKIT_URL", "https://api.example.com/v2")');
  });

  test('quote special characters of shells and TypeScript', () => {
    const [curl, typescript] = samplesOf({ requestBody: body });
    expect(curl).toContain(`"name": "it'\\''s"`);
    expect(typescript).toContain("pk.systems.update('@me', { name: 'it\\'s' })");
  });

  test('use fetch for what the client omits', () => {
    const [, typescript] = samplesOf({ requestBody: body, 'x-unstable': true });
    expect(typescript).toContain("await fetch('https://api.example.com/v2/systems/@me'");
  });
});

test('a literal is the value again', () => {
  const value = {
    a: ['x', "it's", 'a\nb', '"q"', '\\'],
    'b-c': null,
    d: { e: [1, true, {}] },
    f: [],
    long: 'x'.repeat(80),
  };
  expect(new Function(`return ${typescriptLiteral(value)}`)()).toEqual(value);
  expect(pythonLiteral(value)).toContain('"b-c": None,\n    "d": {"e": [1, True, {}]},\n    "f": [],');
});
