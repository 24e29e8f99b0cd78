import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type ApiKey,
  type ApiKeyNeed,
  createApiKeyPair,
  isApiKey,
  parseApiKey,
  scopeAllows,
  signApiKey,
  verifyApiKey,
} from '../../src/models/index.ts';

const content: ApiKey = {
  id: '11111111-0000-4000-8000-000000000001',
  systemId: '00000000-0000-4000-8000-000000000001',
  type: 'user_created',
  scopes: ['read:members', 'publicread:system'],
};

let pair: Awaited<ReturnType<typeof createApiKeyPair>>;
beforeAll(async () => {
  pair = await createApiKeyPair();
});

const keyOf = (payload: string, signature = 'AA') => `pkapi:${payload}:${signature}`;

test('a key is distinguished from a legacy token', async () => {
  expect(isApiKey(await signApiKey(content, pair.privateKey))).toBe(true);
  expect(isApiKey('a'.repeat(64))).toBe(false);
});

test('a key has the form that the API gives it', async () => {
  const key = await signApiKey(content, pair.privateKey);
  const [, payload = '', signature = ''] = /^pkapi:([A-Za-z0-9+/]+=*):([A-Za-z0-9_-]{86})$/.exec(key) ?? [];
  expect(JSON.parse(Buffer.from(payload, 'base64').toString())).toEqual({
    tid: content.id,
    sid: content.systemId,
    type: content.type,
    scopes: content.scopes,
  });
  const bytes = Buffer.from(signature, 'base64url');
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  expect(await crypto.subtle.verify(algorithm, pair.publicKey, bytes, Buffer.from(payload))).toBe(true);
});

test('what was signed is read and verified, whatever its letters', async () => {
  const key = fc.record({
    id: fc.uuid(),
    systemId: fc.uuid(),
    type: fc.string({ unit: 'grapheme' }),
    scopes: fc.array(fc.string({ unit: 'grapheme' })),
  });
  await fc.assert(
    fc.asyncProperty(key, async (said) => {
      const signed = await signApiKey(said, pair.privateKey);
      expect(parseApiKey(signed)).toEqual(said);
      expect(await verifyApiKey(signed, pair.publicKey)).toEqual(said);
    }),
  );
});

test('a key by another signer is not genuine, though it can be read', async () => {
  const other = await createApiKeyPair();
  const key = await signApiKey(content, other.privateKey);
  expect(parseApiKey(key)).toEqual(content);
  expect(await verifyApiKey(key, pair.publicKey)).toBeNull();
});

test('a key of which one character was changed is not genuine', async () => {
  const key = await signApiKey(content, pair.privateKey);
  const place = fc.integer({ min: 0, max: key.length - 1 });
  const character = fc.constantFrom(...'ABCDEFXYZabcxyz0189-_+/:.= ');
  await fc.assert(
    fc.asyncProperty(place, character, async (index, replacement) => {
      fc.pre(key[index] !== replacement);
      const changed = key.slice(0, index) + replacement + key.slice(index + 1);
      const read = await verifyApiKey(changed, pair.publicKey);
      // The last character of a signature carries spare bits, so that a few of its neighbours mean the same bytes.
      if (index < key.length - 1) expect(read).toBeNull();
      else expect([null, content]).toContainEqual(read);
    }),
    { numRuns: 1000 },
  );
});

test('a signature of another length is not genuine', async () => {
  const key = await signApiKey(content, pair.privateKey);
  for (const changed of [
    key.slice(0, -1),
    `${key}A`,
    `${key}AA`,
    key.slice(0, -2),
    key.replace(/:[^:]+$/, ':A'),
  ]) {
    expect(await verifyApiKey(changed, pair.publicKey)).toBeNull();
  }
});

test('scopes cannot be added to a signed key', async () => {
  const signature = (await signApiKey(content, pair.privateKey)).split(':')[2];
  const payload = btoa(
    JSON.stringify({ tid: content.id, sid: content.systemId, type: 'x', scopes: ['write:all'] }),
  );
  expect(await verifyApiKey(keyOf(payload, signature), pair.publicKey)).toBeNull();
});

describe('parsing a key', () => {
  const encoded = (value: unknown) => btoa(JSON.stringify(value));
  const whole = { tid: 'a', sid: 'b', type: 'c', scopes: ['d'] };
  test.each([
    ['a legacy token', 'a'.repeat(64)],
    ['nothing', ''],
    ['no signature', `pkapi:${encoded(whole)}`],
    ['an empty signature', keyOf(encoded(whole), '')],
    ['four parts', `${keyOf(encoded(whole))}:x`],
    ['no base64', keyOf('%%%')],
    ['no JSON', keyOf(btoa('{'))],
    ['a list', keyOf(encoded([]))],
    ['null', keyOf(encoded(null))],
    ['a text', keyOf(encoded('tid'))],
    ['no scopes', keyOf(encoded({ ...whole, scopes: undefined }))],
    ['scopes that are no list', keyOf(encoded({ ...whole, scopes: 'd' }))],
    ['scopes that are no texts', keyOf(encoded({ ...whole, scopes: [1] }))],
    ['an id that is no text', keyOf(encoded({ ...whole, tid: 1 }))],
  ])('rejects %s', async (_name, text) => {
    if (!text.endsWith(':')) expect(() => parseApiKey(text)).toThrow(TypeError);
    expect(await verifyApiKey(text, pair.publicKey)).toBeNull();
  });

  test('does not repeat a rejected key in its error', () => {
    expect(() => parseApiKey('pkapi:secret:secret')).toThrow(/^(?!.*secret)/);
  });
});

describe('the function hasScope', () => {
  const levels = ['publicread', 'read', 'write'] as const;
  const parts = ['system', 'members', 'groups', 'fronters', 'switches'] as const;
  const needs: ApiKeyNeed[] = parts.flatMap((part) => levels.map((level) => ({ part, level })));
  const scopes = levels.flatMap((level) => [...parts, 'all'].map((part) => `${level}:${part}`));

  test.each([
    ['write:members', { part: 'members', level: 'write' }, true],
    ['write:members', { part: 'members', level: 'publicread' }, true],
    ['read:members', { part: 'members', level: 'publicread' }, true],
    ['read:members', { part: 'members', level: 'write' }, false],
    ['publicread:members', { part: 'members', level: 'read' }, false],
    ['write:members', { part: 'groups', level: 'publicread' }, false],
    ['read:switches', { part: 'fronters', level: 'read' }, true],
    ['read:switches', { part: 'fronters', level: 'write' }, false],
    ['write:fronters', { part: 'switches', level: 'publicread' }, false],
    ['read:all', { part: 'groups', level: 'read' }, true],
    ['read:all', { part: 'groups', level: 'write' }, false],
    ['identify', { part: 'system', level: 'publicread', identify: true }, true],
    ['identify', { part: 'system', level: 'publicread' }, false],
    ['read:system', { part: 'system', level: 'read', identify: true }, true],
    ['members:read', { part: 'members', level: 'read' }, false],
    ['read:members:extra', { part: 'members', level: 'read' }, false],
    ['read', { part: 'members', level: 'read' }, false],
    ['', { part: 'members', level: 'publicread' }, false],
    ['admin:members', { part: 'members', level: 'publicread' }, false],
    ['Read:members', { part: 'members', level: 'publicread' }, false],
    ['read:__proto__', { part: 'members', level: 'publicread' }, false],
  ] as const)('says of %j for %j: %s', (scope, need, allowed) => {
    expect(scopeAllows([scope], need)).toBe(allowed);
  });

  test('allows nothing without scopes', () => {
    for (const need of needs) expect(scopeAllows([], need)).toBe(false);
  });

  test('allows everything with write:all', () => {
    for (const need of needs) expect(scopeAllows(['write:all'], need)).toBe(true);
  });

  test('allows with several scopes what any of them allows, and never less with a higher level', () => {
    const some = fc.subarray(scopes);
    fc.assert(
      fc.property(some, some, fc.constantFrom(...needs), (first, second, need) => {
        expect(scopeAllows([...first, ...second], need)).toBe(
          scopeAllows(first, need) || scopeAllows(second, need),
        );
        const raised = first.map((scope) => scope.replace(/^\w+/, 'write'));
        if (scopeAllows(first, need)) {
          expect(scopeAllows(raised, need)).toBe(true);
          for (const lower of levels.slice(0, levels.indexOf(need.level))) {
            expect(scopeAllows(first, { ...need, level: lower })).toBe(true);
          }
        }
      }),
    );
  });
});
