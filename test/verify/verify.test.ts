import { describe, expect, test } from 'vitest';
import { generatedDocument } from '../../scripts/lib/document.ts';
import { readDocument } from '../../src/verify/documented.ts';
import { verify } from '../../src/verify/verify.ts';
import { openSandbox, recordedWorld } from '../sandbox/support.ts';

const api = readDocument(generatedDocument('v2'));
const guild = recordedWorld.systems[0]?.guilds[0]?.guild_id;

/** Changes what the server sends; undefined leaves the response as it is. */
type Drift = (path: string, body: unknown, response: Response) => Response | undefined;

function verifyWith(drift: Drift = () => undefined, rateLimitFactor = 1) {
  const sandbox = openSandbox({ rateLimits: 'server', rateLimitFactor });
  const methods: string[] = [];
  const verification = verify(api, {
    baseUrl: 'http://127.0.0.1:4011/v2',
    token: sandbox.tokens.alices,
    userAgent: 'test',
    references: { systemRef: '@me', message_id: '700000000000000001', guild_id: guild },
    async fetch(url, init) {
      methods.push(init.method ?? 'GET');
      const response = await sandbox.fetch(url, init);
      const text = await response.clone().text();
      return drift(new URL(url).pathname, text === '' ? undefined : JSON.parse(text), response) ?? response;
    },
  });
  return { sandbox, methods, verification };
}

const differencesOf = async (drift: Drift) => {
  // The pace is tested above.
  const { operations } = await verifyWith(drift, 100).verification;
  return operations.flatMap(({ operation, differences }) =>
    differences.map((difference) => ({ operation, ...difference })),
  );
};

test('the sandbox has no difference, and is only read', async () => {
  const { sandbox, methods, verification } = verifyWith();
  const before = sandbox.world();
  const { operations, version, commit } = await verification;
  expect(operations.flatMap(({ differences }) => differences)).toEqual([]);
  expect(operations.map(({ operation }) => operation)).toEqual(api.operations.map(({ id }) => id));
  expect(operations.filter(({ skipped }) => skipped !== null)).toEqual([]);
  expect(version).toMatch(new RegExp(`^${commit}`));
  expect(new Set(methods)).toEqual(new Set(['GET']));
  expect(sandbox.world()).toEqual(before);
  expect(sandbox.requests().filter(({ status }) => status === 429)).toEqual([]);
});

describe('the verification finds', () => {
  const changed = (response: Response, body: unknown, init: ResponseInit = {}) =>
    Response.json(body, { status: response.status, headers: response.headers, ...init });

  test('a key that was added', async () => {
    const found = await differencesOf((path, body, response) =>
      path.endsWith('/members') && Array.isArray(body)
        ? changed(
            response,
            body.map((member) => ({ ...member, aliases: ['secret'] })),
          )
        : undefined,
    );
    expect(found).toContainEqual({
      ...{ operation: 'listMembers', kind: 'undocumented', place: 'body []/aliases', actual: 'array' },
    });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test('a key that was removed', async () => {
    const found = await differencesOf((path, body, response) => {
      if (!/\/systems\/[^/]+$/.test(path) || typeof body !== 'object' || body === null) return undefined;
      const { color, ...rest } = body as { color?: unknown };
      return changed(response, rest);
    });
    expect(found).toContainEqual({ operation: 'getSystem', kind: 'missing', place: 'body /color' });
  });

  test('a type that changed', async () => {
    const found = await differencesOf((path, body, response) =>
      /\/members\/[^/]+$/.test(path) && typeof body === 'object'
        ? changed(response, { ...body, keep_proxy: 'secret' })
        : undefined,
    );
    expect(found).toContainEqual({
      ...{ operation: 'getMember', kind: 'type', place: 'body /keep_proxy' },
      ...{ expected: 'boolean', actual: 'string' },
    });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test('a header that was lost, and one that is new', async () => {
    const found = await differencesOf((_path, _body, response) => {
      if (!response.ok) return undefined;
      response.headers.delete('X-RateLimit-Scope');
      response.headers.set('X-PluralKit-Shard', 'secret');
      return response;
    });
    expect(found).toContainEqual({
      ...{ operation: 'getSystem', kind: 'missing', place: 'header X-RateLimit-Scope' },
    });
    expect(found).toContainEqual({
      ...{ operation: 'getSystem', kind: 'undocumented', place: 'header x-pluralkit-shard' },
    });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test('a status and a code that are new', async () => {
    const status = await differencesOf((path, _body, response) =>
      path.endsWith('/fronters') ? changed(response, { message: 'x', code: 0 }, { status: 409 }) : undefined,
    );
    expect(status).toContainEqual({ operation: 'getFronters', kind: 'undocumented', place: 'status 409' });
    const code = await differencesOf((path, _body, response) =>
      path.includes('/messages/')
        ? changed(response, { message: 'Message not found.', code: 20099 }, { status: 404 })
        : undefined,
    );
    expect(code.filter(({ operation }) => operation === 'getMessage')).toContainEqual(
      expect.objectContaining({ kind: 'value', place: '404 body /code' }),
    );
  });

  test('a page in place of JSON', async () => {
    const found = await differencesOf((path, _body, response) =>
      path.endsWith('/groups') && response.ok
        ? new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } })
        : undefined,
    );
    expect(
      found.some(({ operation, place }) => operation === 'listGroups' && /Content-Type/.test(place)),
    ).toBe(true);
  });

  test('hostile names, which are escaped', async () => {
    const found = await differencesOf((path, body, response) =>
      /\/members\/[^/]+$/.test(path) && typeof body === 'object'
        ? changed(response, { ...body, ['\u001B[2J|`'.repeat(100)]: 1 })
        : undefined,
    );
    const [place = ''] = found.flatMap(({ operation, place }) => (operation === 'getMember' ? [place] : []));
    expect(place).toMatch(/^body [\w?./[\]-]+$/);
    expect(place.length).toBeLessThan(100);
  });
});
