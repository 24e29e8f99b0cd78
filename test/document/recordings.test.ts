import { describe, expect, test } from 'vitest';
import { matcherOf } from '../../scripts/lib/matcher.ts';
import {
  bind,
  placeholdersIn,
  plausibleValue,
  substitute,
  substituteExchange,
} from '../../scripts/lib/placeholders.ts';
import { loadScenarios, loadWorld, systemOf, tokenOf } from '../../scripts/lib/recordings.ts';

const scenarios = loadScenarios();

describe('scenarios', () => {
  test('hold exchanges of both versions', () => {
    for (const version of ['v1', 'v2']) {
      const found = scenarios.filter((scenario) => scenario.version === version);
      expect(found.length).toBeGreaterThan(0);
      expect(found.every(({ exchanges }) => exchanges.length > 0)).toBe(true);
    }
  });

  test('are called by systems of their world', () => {
    for (const version of ['v1', 'v2'] as const) {
      const world = loadWorld(version);
      expect(tokenOf('alice', world)).toMatch(/^a{8}Token0+$/);
      expect(tokenOf('erin', world)).toBeNull();
      expect(tokenOf(null, world)).toBeNull();
      expect(tokenOf({ token: 'bad' }, world)).toBe('bad');
      expect(systemOf('bob', world).id).toBe('bobby');
      expect(() => systemOf('zoe', world)).toThrow(RangeError);
    }
  });
});

describe('placeholders', () => {
  test('are known by name, so that other text in angle brackets stays', () => {
    expect(placeholdersIn('/v2/members/<member1.id>')).toEqual(['<member1.id>']);
    expect(placeholdersIn('<b> <https://example.com> <y>')).toEqual([]);
  });

  test('are replaced everywhere in an exchange', () => {
    const replaced = scenarios.flatMap(({ version, exchanges }) =>
      exchanges.map((exchange) => substituteExchange(exchange, (name) => plausibleValue(name, version))),
    );
    expect(placeholdersIn(JSON.stringify(replaced))).toEqual([]);
  });

  test('get values of the right form, which no world has', () => {
    expect(plausibleValue('<member1.id>', 'v2')).toMatch(/^[a-z]{6}$/);
    expect(plausibleValue('<group27.id>', 'v1')).toMatch(/^[a-z]{5}$/);
    for (const name of ['<member1.uuid>', '<switch1.id>', '<group3.uuid>']) {
      expect(plausibleValue(name, 'v2')).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
    expect(plausibleValue('<switch2.timestamp>', 'v2') > plausibleValue('<switch1.timestamp>', 'v2')).toBe(
      true,
    );
    const names = scenarios.flatMap(({ exchanges }) => placeholdersIn(JSON.stringify(exchanges)));
    const values = new Set(
      [...new Set(names)].filter((name) => /id>$/.test(name)).map((name) => plausibleValue(name, 'v2')),
    );
    expect(values.size).toBe(new Set(names.filter((name) => /id>$/.test(name))).size);
    const world = JSON.stringify(loadWorld('v2'));
    for (const value of values) expect(world).not.toContain(value);
  });

  test('are bound where they first appear', () => {
    const bound = new Map<string, string>();
    bind({ id: '<member1.id>', tags: [{ prefix: '<b>' }] }, { id: 'abcdef', tags: [{ prefix: 'x' }] }, bound);
    bind({ id: '<member1.id>' }, { id: 'other' }, bound);
    expect([...bound]).toEqual([['<member1.id>', 'abcdef']]);
    expect(substitute(["Member '<member1.id>' not found."], (name) => bound.get(name))).toEqual([
      "Member 'abcdef' not found.",
    ]);
  });
});

describe('matching', () => {
  const match = matcherOf({
    servers: [{ url: 'https://example.com/v2' }, { url: 'http://localhost/v2/' }],
    paths: {
      '/systems/{systemRef}': { get: { operationId: 'getSystem' } },
      '/{kind}/@me': { get: { operationId: 'getMine' }, patch: { operationId: 'updateMine' } },
      '/private/bulk/{target}': { servers: [{ url: '/' }], post: { operationId: 'bulk' } },
    },
  });
  const operationId = (method: string, path: string) => match(method, path)?.operation.operationId;

  test('takes the most specific path', () => {
    expect(operationId('GET', '/v2/systems/@me')).toBe('getSystem');
    expect(operationId('PATCH', '/v2/systems/@me')).toBe('updateMine');
    expect(operationId('GET', '/v2/groups/@me')).toBe('getMine');
  });

  test('wants the base path of the servers, whole segments and the method', () => {
    for (const path of ['/systems/a', '/v1/systems/a', '/v2/systems/', '/v2/systems/a/', '/v2/systems/a/b']) {
      expect(operationId('GET', path)).toBeUndefined();
    }
    expect(operationId('DELETE', '/v2/systems/a')).toBeUndefined();
    expect(operationId('POST', '/private/bulk/member')).toBe('bulk');
  });

  test('reads parameters', () => {
    const found = match('GET', '/v2/systems/a%20b?limit=1&before=x?y');
    expect(found?.path).toEqual({ systemRef: 'a b' });
    expect(Object.fromEntries(found?.query ?? [])).toEqual({ limit: '1', before: 'x?y' });
    expect(match('GET', '/v2/systems/%zz')?.path).toEqual({ systemRef: '%zz' });
  });
});
