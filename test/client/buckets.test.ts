import { describe, expect, test } from 'vitest';
import { type OperationDescription, operations } from '../../generated/v2/operations.ts';
import { Buckets } from '../../src/client/buckets.ts';
import { readCredentials } from '../../src/client/credentials.ts';
import { token } from './helpers.ts';

const server = 'https://api.pluralkit.me/v2';
const uuid = '00000000-0000-4000-8000-000000000001';

const withToken = () => new Buckets(server, readCredentials(token));
const withoutToken = () => new Buckets(server, readCredentials(null));

/** The scopes of the buckets that a request may be counted in. */
function scopesOf(buckets: Buckets, method: string, path: string): string[] {
  return buckets.of(method, path).map(({ id }) => id.split(' ')[0] ?? '');
}

const both = ['generic_get', 'own_system_get'];

describe('without a token', () => {
  test.each([
    ['GET', '/systems/abcde', ['generic_get']],
    ['GET', '/members/abcde/groups', ['generic_get']],
    ['GET', '/messages/123', ['generic_get', 'message']],
    ['POST', '/members', ['generic_update']],
  ])('%s %s', (method, path, scopes) => {
    expect(scopesOf(withoutToken(), method, path)).toEqual(scopes);
  });
});

test('every operation is in the buckets that the document names for it', () => {
  const all: readonly OperationDescription[] = Object.values(operations);
  for (const { method, path, rateLimit } of all) {
    const { scope, ownSystemScope, documentedScope } = rateLimit ?? { scope: '' };
    const scopes = scopesOf(withToken(), method, path.replace(/\{\w+\}/g, 'abcde'));
    expect(scopes).toEqual([scope, ownSystemScope, documentedScope].filter(Boolean));
  }
});

describe('one’s own system', () => {
  test('is in both buckets until the server has told that it counts it apart', () => {
    const buckets = withToken();
    expect(scopesOf(buckets, 'GET', '/systems/@me/members')).toEqual(both);
    buckets.learn('GET', '/systems/@me', 'own_system_get');
    expect(scopesOf(buckets, 'GET', '/systems/@me/members')).toEqual(['own_system_get']);
    expect(scopesOf(buckets, 'PATCH', '/systems/@me')).toEqual(['own_system_update']);
    expect(scopesOf(buckets, 'GET', '/systems/abcde')).toEqual(both);
    expect(scopesOf(buckets, 'GET', '/members/abcde')).toEqual(both);
  });

  test('is in the general bucket on a server that does as it documents', () => {
    const buckets = withToken();
    buckets.learn('GET', '/systems/@me', 'generic_get');
    expect(scopesOf(buckets, 'GET', '/systems/@me/members')).toEqual(['generic_get']);
    expect(scopesOf(buckets, 'GET', '/members/abcde')).toEqual(['generic_get']);
    buckets.learn('GET', '/systems/@me', 'own_system_get');
    expect(scopesOf(buckets, 'GET', '/systems/@me/members')).toEqual(['own_system_get']);
  });

  test('is known by its id and UUID from an answer, and so are other systems', () => {
    const buckets = withToken();
    buckets.learn('GET', '/systems/@me', 'own_system_get');
    buckets.addOwnSystem({ id: 'abcdef', uuid });
    for (const own of ['abcdef', 'ABC-DEF', uuid, uuid.toUpperCase(), uuid.replaceAll('-', '')]) {
      expect(scopesOf(buckets, 'GET', `/systems/${own}/switches?limit=1`)).toEqual(['own_system_get']);
    }
    for (const other of ['fedcba', 'fedcb', uuid.replace('1', '2')]) {
      expect(scopesOf(buckets, 'GET', `/systems/${other}`)).toEqual(['generic_get']);
    }
  });

  test('may have many Discord accounts: those not known stay in both', () => {
    const buckets = withToken();
    buckets.learn('GET', '/systems/100000000000000001', 'own_system_get');
    expect(scopesOf(buckets, 'GET', '/systems/100000000000000001')).toEqual(['own_system_get']);
    expect(scopesOf(buckets, 'GET', '/systems/100000000000000002')).toEqual(both);
  });

  test('is known from the start with an API key', () => {
    const key = `pkapi:${btoa(JSON.stringify({ tid: 'a', sid: uuid, type: 'dashboard', scopes: [] }))}:c2ln`;
    const buckets = new Buckets(server, readCredentials(key));
    expect(scopesOf(buckets, 'GET', `/systems/${uuid.replace('1', '2')}`)).toEqual(['generic_get']);
    expect(scopesOf(buckets, 'GET', `/systems/${uuid}`)).toEqual(both);
  });

  test('is not told by an answer to another system, or of a member', () => {
    const buckets = withToken();
    buckets.learn('GET', '/systems/abcde', 'generic_get');
    buckets.learn('GET', '/members/abcde', 'generic_get');
    buckets.learn('GET', '/members/abcde', 'own_system_get');
    expect(scopesOf(buckets, 'GET', '/systems/abcde')).toEqual(both);
    expect(scopesOf(buckets, 'GET', '/members/abcde')).toEqual(both);
  });

  test.each([[{ id: 5, uuid: null }], [{}], [{ id: '@me' }]])(
    'is not learned from an answer of another form: %j',
    (answer) => {
      const buckets = withToken();
      buckets.addOwnSystem(answer);
      expect(scopesOf(buckets, 'GET', '/systems/abcde')).toEqual(both);
    },
  );
});

test.each(['generic_get', 'message'])('messages go where the server counts them: %s', (scope) => {
  const buckets = withToken();
  buckets.learn('GET', '/messages/1', scope);
  expect(scopesOf(buckets, 'GET', '/messages/2')).toEqual([scope]);
  buckets.learn('GET', '/messages/2', 'message');
  expect(scopesOf(buckets, 'GET', '/messages/3')).toEqual(['message']);
});

test('a scope that nobody knew is followed', () => {
  const buckets = withToken();
  const told = buckets.learn('GET', '/members/abcde', 'members_get');
  expect(told.id).toContain('members_get');
  expect(scopesOf(buckets, 'GET', '/members/abcdf/groups')).toEqual(['members_get']);
  expect(scopesOf(buckets, 'GET', '/systems/abcdf')).toEqual(both);
});

describe('the names of buckets', () => {
  const idsOf = (buckets: Buckets) => buckets.of('GET', '/systems/abcde').map(({ id }) => id);

  test('are the same for the same token, and differ by token and server', () => {
    expect(idsOf(withToken())).toEqual(idsOf(withToken()));
    const [generic, own] = idsOf(withToken());
    const [otherGeneric, otherOwn] = idsOf(new Buckets(server, readCredentials(token.replace('t', 'T'))));
    expect(otherGeneric).toBe(generic);
    expect(otherOwn).not.toBe(own);
    expect(idsOf(new Buckets('http://127.0.0.1:4011/v2', readCredentials(token)))).not.toContain(generic);
    expect(idsOf(withoutToken())).toEqual([generic]);
  });

  test('hold no token', () => {
    for (const id of idsOf(withToken())) {
      for (let start = 0; start + 8 <= token.length; start++)
        expect(id).not.toContain(token.slice(start, start + 8));
    }
  });
});
