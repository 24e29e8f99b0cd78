import { describe, expect, test } from 'vitest';
import { createApiKeyPair, parseApiKey, signApiKey } from '../../src/models/index.ts';
import { isTaken } from './keys-support.ts';
import { openSandbox, recordedWorld, send, sendForJson } from './support.ts';

describe('an invalid key', () => {
  /** A sandbox, and the header of a key that counts. */
  async function withKey() {
    const sandbox = openSandbox();
    const key = await sandbox.createKey({ system: 'alices', scopes: ['write:all'] });
    return { sandbox, key, header: `Bearer ${key.token}` };
  }

  const change = (text: string, index: number) => {
    const replacement = text[index] === 'A' ? 'B' : 'A';
    return text.slice(0, index) + replacement + text.slice(index + 1);
  };

  test('is one with any character of data or signature changed', async () => {
    const { sandbox, header } = await withKey();
    const start = 'Bearer pkapi:'.length;
    // The last character of a signature carries spare bits.
    for (let index = start; index < header.length - 1; index += 3) {
      if (header[index] !== ':')
        expect(await isTaken(sandbox, change(header, index)), `${index}`).toBe(false);
    }
    expect(await isTaken(sandbox, header)).toBe(true);
  });

  test.each([
    ['more scopes', { scopes: ['read:all', 'write:all', 'more'] }],
    ['another type', { type: 'dashboard' }],
    ['another system', { sid: '00000000-0000-4000-8000-000000000002' }],
    ['another id', { tid: '00000000-0000-4000-8000-000000000099' }],
  ])('is one whose data was given %s', async (_, changed) => {
    const { sandbox, key } = await withKey();
    const [, data = '', signature = ''] = key.token.split(':');
    const forged = btoa(JSON.stringify({ ...JSON.parse(atob(data)), ...changed }));
    expect(await isTaken(sandbox, `Bearer pkapi:${forged}:${signature}`)).toBe(false);
  });

  test('is one by another signer, and one of another sandbox', async () => {
    const { sandbox, key } = await withKey();
    const { privateKey } = await createApiKeyPair();
    const forged = await signApiKey(parseApiKey(key.token), privateKey);
    expect(await isTaken(sandbox, `Bearer ${forged}`)).toBe(false);
    const { sandbox: other, header } = await withKey();
    expect(other.keys()).toEqual(sandbox.keys());
    expect([await isTaken(other, header), await isTaken(sandbox, header)]).toEqual([true, false]);
  });

  test.each([
    ['no Bearer before it', (key: string) => key],
    ['another scheme', (key: string) => `Basic ${key}`],
    ['no signature', (key: string) => `Bearer ${key.slice(0, key.lastIndexOf(':'))}`],
    ['an empty signature', (key: string) => `Bearer ${key.slice(0, key.lastIndexOf(':') + 1)}`],
    ['a part too many', (key: string) => `Bearer ${key}:x`],
    ['no prefix', (key: string) => `Bearer ${key.slice('pkapi:'.length)}`],
    ['nothing', () => 'Bearer pkapi:'],
  ])('has %s', async (_, write) => {
    const { sandbox, key } = await withKey();
    expect(await isTaken(sandbox, write(key.token))).toBe(false);
  });

  test('is the token after Bearer', async () => {
    const { sandbox } = await withKey();
    const token = sandbox.tokens.alices ?? '';
    expect([await isTaken(sandbox, token), await isTaken(sandbox, `Bearer ${token}`)]).toEqual([true, false]);
  });

  test('is one for a system that is gone', async () => {
    const { sandbox, header } = await withKey();
    sandbox.load({ systems: recordedWorld.systems.filter(({ id }) => id === 'carol'), messages: [] });
    expect(await isTaken(sandbox, header)).toBe(false);
  });

  test('reads as any other caller does, and writes nothing', async () => {
    const { sandbox, header } = await withKey();
    const forged = { headers: { Authorization: change(header, header.length - 10) } };
    const path = '/v2/systems/alices/members';
    expect(await sendForJson(sandbox, 'GET', path, forged)).toEqual(await sendForJson(sandbox, 'GET', path));
    const written = await send(sandbox, 'POST', '/v2/members', { body: { name: 'New' }, ...forged });
    expect(written.status).toBe(401);
    expect(sandbox.world()).toEqual(recordedWorld);
  });
});
