import { describe, expect, test } from 'vitest';
import { type OperationDescription, operations } from '../../generated/v2/operations.ts';
import { type BucketsOf, createBuckets } from '../../src/client/buckets.ts';
import { readCredentials } from '../../src/client/credentials.ts';
import { learnOwners } from '../../src/client/learn-owners.ts';
import { token } from './helpers.ts';

const server = 'https://api.pluralkit.me';
const uuid = '00000000-0000-4000-8000-000000000001';

const withToken = () => createBuckets(server, readCredentials(token));
const withoutToken = () => createBuckets(server, readCredentials(null));

/** The scopes of the buckets that a request may be counted in. */
function scopesOf(buckets: BucketsOf, method: string, path: string): string[] {
  return buckets(method, path)
    .possible()
    .map(({ id }) => id.split(' ')[0] ?? '');
}

/** Learns from what a response holds. */
const learn = (buckets: BucketsOf, method: string, path: string, content: unknown) =>
  learnOwners(buckets(method, path), method, path, content);

const both = ['generic_get', 'own_system_get'];

describe('without a token', () => {
  test.each([
    ['GET', '/systems/abcde', ['generic_get']],
    ['GET', '/members/abcde/groups', ['generic_get']],
    ['GET', '/messages/123', ['generic_get', 'message']],
    ['POST', '/members', ['generic_update']],
  ])('%s %s may be counted in all buckets of others', (method, path, scopes) => {
    expect(scopesOf(withoutToken(), method, path)).toEqual(scopes);
  });
});

test('every operation is in the buckets that the document names for it, as far as may be', () => {
  const all: readonly OperationDescription[] = Object.values(operations);
  for (const { method, path, rateLimit } of all) {
    const { scope, ownSystemScope, documentedScope } = rateLimit ?? { scope: '' };
    const scopes = scopesOf(withToken(), method, path.replace(/\{\w+\}/g, 'abcde'));
    // Only the owner may update.
    const possible = method === 'GET' ? [scope, ownSystemScope, documentedScope] : [ownSystemScope ?? scope];
    expect(scopes).toEqual(possible.filter(Boolean));
  }
});

describe('the caller’s own system', () => {
  test('is counted apart', () => {
    const buckets = withToken();
    expect(scopesOf(buckets, 'GET', '/systems/@me/members')).toEqual(['own_system_get']);
    expect(scopesOf(buckets, 'PATCH', '/systems/@me')).toEqual(['own_system_update']);
    expect(scopesOf(buckets, 'PATCH', '/members/abcde')).toEqual(['own_system_update']);
    expect(scopesOf(buckets, 'POST', '/members')).toEqual(['generic_update']);
    expect(scopesOf(buckets, 'GET', '/systems/abcde')).toEqual(both);
    expect(scopesOf(buckets, 'GET', '/members/abcde')).toEqual(both);
  });

  test('is in the general bucket on a server that does as it documents', () => {
    const buckets = withToken();
    buckets('GET', '/systems/@me').learn('generic_get');
    expect(scopesOf(buckets, 'GET', '/systems/@me/members')).toEqual(['generic_get']);
    expect(scopesOf(buckets, 'GET', '/members/abcde')).toEqual(['generic_get']);
    expect(scopesOf(buckets, 'PATCH', '/members/abcde')).toEqual(['generic_update']);
    buckets('GET', '/systems/@me').learn('own_system_get');
    expect(scopesOf(buckets, 'GET', '/systems/@me/members')).toEqual(['own_system_get']);
  });

  test('is known by its id and UUID from a response, and so are other systems', () => {
    const buckets = withToken();
    learn(buckets, 'GET', '/systems/@me', { id: 'abcdef', uuid });
    for (const own of ['abcdef', 'ABC-DEF', uuid, uuid.toUpperCase(), uuid.replaceAll('-', '')]) {
      expect(scopesOf(buckets, 'GET', `/systems/${own}/switches?limit=1`)).toEqual(['own_system_get']);
    }
    for (const other of ['fedcba', 'fedcb', uuid.replace('1', '2')]) {
      expect(scopesOf(buckets, 'GET', `/systems/${other}`)).toEqual(['generic_get']);
    }
  });

  test('may have many Discord accounts, and those not known stay in both buckets', () => {
    const buckets = withToken();
    learn(buckets, 'GET', '/systems/@me', { id: 'abcdef', uuid });
    buckets('GET', '/systems/100000000000000001').learn('own_system_get');
    expect(scopesOf(buckets, 'GET', '/systems/100000000000000001')).toEqual(['own_system_get']);
    expect(scopesOf(buckets, 'GET', '/systems/100000000000000002')).toEqual(both);
  });

  test('is known from the start with an API key', () => {
    const key = `pkapi:${btoa(JSON.stringify({ tid: 'a', sid: uuid, type: 'dashboard', scopes: [] }))}:c2ln`;
    const buckets = createBuckets(server, readCredentials(key));
    expect(scopesOf(buckets, 'GET', `/systems/${uuid.replace('1', '2')}`)).toEqual(['generic_get']);
    expect(scopesOf(buckets, 'GET', `/systems/${uuid}`)).toEqual(['own_system_get']);
  });

  test.each([[{ id: 5, uuid: null }], [{}], [{ id: '@me' }], [null], ['text'], [[]]])(
    'is not learned from a response of another form: %j',
    (content) => {
      const buckets = withToken();
      learn(buckets, 'GET', '/systems/@me', content);
      expect(scopesOf(buckets, 'GET', '/systems/abcde')).toEqual(both);
    },
  );
});

describe('the owner of members, groups and switches', () => {
  const switchId = '00000000-0000-4000-8000-00000000000a';

  test.each([
    ['own_system_get', ['own_system_get']],
    ['generic_get', ['generic_get']],
  ])('is learned from the scope of a response: %s', (scope, expected) => {
    const buckets = withToken();
    buckets('GET', '/members/abcde').learn(scope);
    expect(scopesOf(buckets, 'GET', '/members/ABC-DE/groups')).toEqual(expected);
    expect(scopesOf(buckets, 'GET', '/members/edcba')).toEqual(both);
  });

  test('is decided by the last reference of a path, and learned for that alone', () => {
    const buckets = withToken();
    const path = `/systems/bobby/switches/${switchId}`;
    expect(scopesOf(buckets, 'GET', path)).toEqual(both);
    buckets('GET', path).learn('own_system_get');
    expect(scopesOf(buckets, 'GET', path)).toEqual(['own_system_get']);
    expect(scopesOf(buckets, 'GET', `/systems/@me/switches/${switchId}`)).toEqual(['own_system_get']);
    expect(scopesOf(buckets, 'GET', '/systems/bobby')).toEqual(both);
    expect(scopesOf(buckets, 'GET', `/systems/@me/switches/${switchId.replace('a', 'b')}`)).toEqual(both);
  });

  test('is learned from lists of the caller’s own system, and of another', () => {
    const buckets = withToken();
    const list = [{ id: switchId, timestamp: '2026-01-01T00:00:00Z', members: [{ id: 'abcde', uuid }] }];
    learn(buckets, 'GET', '/systems/@me/switches', list);
    for (const path of [`/systems/@me/switches/${switchId}`, '/members/abcde', `/groups/${uuid}`])
      expect(scopesOf(buckets, 'GET', path)).toEqual(['own_system_get']);
    buckets('GET', '/systems/other/members').learn('generic_get');
    learn(buckets, 'GET', '/systems/other/members', [{ id: 'edcba' }]);
    expect(scopesOf(buckets, 'GET', '/members/edcba')).toEqual(['generic_get']);
  });

  test('is learned from the system of a model, and from its creation', () => {
    const buckets = withToken();
    learn(buckets, 'GET', '/systems/@me', { id: 'owner', uuid });
    learn(buckets, 'GET', '/members/aaaaa', { id: 'aaaaa', system: 'owner' });
    learn(buckets, 'GET', '/members/bbbbb', { id: 'bbbbb', system: 'other' });
    learn(buckets, 'POST', '/members', { id: 'ccccc' });
    const message = { id: '1', system: { id: 'owner', uuid }, member: { id: 'ddddd' } };
    learn(buckets, 'GET', '/messages/1', message);
    const scopes = ['aaaaa', 'bbbbb', 'ccccc', 'ddddd'].map((id) =>
      scopesOf(buckets, 'GET', `/members/${id}`),
    );
    expect(scopes).toEqual([['own_system_get'], ['generic_get'], ['own_system_get'], ['own_system_get']]);
  });

  test('is forgotten for the oldest of very many', () => {
    const buckets = withToken();
    const list = Array.from({ length: 20_000 }, (_, index) => ({ id: `m${index}` }));
    learn(buckets, 'GET', '/systems/@me/members', list);
    expect(scopesOf(buckets, 'GET', '/members/m19999')).toEqual(['own_system_get']);
    expect(scopesOf(buckets, 'GET', '/members/m0')).toEqual(both);
  });

  test('is not learned without a token', () => {
    const buckets = withoutToken();
    learn(buckets, 'POST', '/members', { id: 'abcde' });
    expect(scopesOf(buckets, 'GET', '/members/abcde')).toEqual(['generic_get']);
  });

  test('is not looked for in content that nests without end', () => {
    let content: unknown = {};
    for (let depth = 0; depth < 100_000; depth++) content = { members: [content] };
    expect(() => learn(withToken(), 'GET', '/systems/@me/groups', content)).not.toThrow();
  });
});

test.each(['generic_get', 'message'])('messages go where the server counts them: %s', (scope) => {
  const buckets = withToken();
  buckets('GET', '/messages/1').learn(scope);
  expect(scopesOf(buckets, 'GET', '/messages/2')).toEqual([scope]);
  buckets('GET', '/messages/2').learn('message');
  expect(scopesOf(buckets, 'GET', '/messages/3')).toEqual(['message']);
});

test('a scope that is not documented is followed', () => {
  const buckets = withToken();
  const told = buckets('GET', '/members/abcde').learn('members_get');
  expect(told.id).toContain('members_get');
  expect(scopesOf(buckets, 'GET', '/members/abcdf/groups')).toEqual(['members_get']);
  expect(scopesOf(buckets, 'GET', '/systems/abcdf')).toEqual(both);
});

describe('the names of buckets', () => {
  const idsOf = (buckets: BucketsOf) =>
    buckets('GET', '/systems/abcde')
      .possible()
      .map(({ id }) => id);

  test('are the same for the same token, and differ by token and server', () => {
    expect(idsOf(withToken())).toEqual(idsOf(withToken()));
    const [generic, own] = idsOf(withToken());
    expect(generic).toBe('generic_get https://api.pluralkit.me');
    const [otherGeneric, otherOwn] = idsOf(createBuckets(server, readCredentials(token.replace('t', 'T'))));
    expect(otherGeneric).toBe(generic);
    expect(otherOwn).not.toBe(own);
    expect(idsOf(createBuckets('http://127.0.0.1:4011', readCredentials(token)))).not.toContain(generic);
    expect(idsOf(withoutToken())).toEqual([generic]);
  });

  test('hold no token', () => {
    for (const id of idsOf(withToken())) {
      for (let start = 0; start + 8 <= token.length; start++)
        expect(id).not.toContain(token.slice(start, start + 8));
    }
  });
});
