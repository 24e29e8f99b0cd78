import { afterEach, describe, expect, test, vi } from 'vitest';
import { signApiKey, verifyApiKey } from '../../src/models/index.ts';
import { KeyRing } from '../../src/sandbox/keys/key-ring.ts';
import { Store } from '../../src/sandbox/store/store.ts';
import { isTaken } from './keys-support.ts';
import { openSandbox } from './support.ts';

const alices = '00000000-0000-4000-8000-000000000001';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the key ring', () => {
  const said = { systemId: alices, type: 'user_created', scopes: ['identify'] };

  test('makes its pair when the first key is asked for', async () => {
    const generate = vi.spyOn(crypto.subtle, 'generateKey');
    const sandbox = openSandbox();
    expect(await isTaken(sandbox, `Bearer pkapi:${btoa('{}')}:${'A'.repeat(86)}`)).toBe(false);
    expect(generate).not.toHaveBeenCalled();
    await Promise.all([
      sandbox.createKey({ system: 'alices', scopes: [] }),
      sandbox.createKey({ system: 'alices', scopes: [] }),
    ]);
    expect(generate).toHaveBeenCalledTimes(1);
  });

  test('signs what can be verified', async () => {
    const generate = vi.spyOn(crypto.subtle, 'generateKey');
    const { keys } = new Store();
    const ring = new KeyRing(
      () => 'key-1',
      () => keys,
      () => {},
    );
    const { key, content } = await ring.create(said);
    const pair = await generate.mock.results[0]?.value;
    if (!('privateKey' in pair)) throw new TypeError('No pair was made');
    expect(await verifyApiKey(key, pair.publicKey)).toEqual(content);
    expect(await ring.identify(`Bearer ${key}`)).toBe('key-1');
    expect(await ring.identify(`bearer  ${key}`)).toBe('key-1');
    // One that was signed by the same pair, and never given out.
    const unknown = await signApiKey({ ...content, id: 'key-2' }, pair.privateKey);
    expect(ring.current((await ring.identify(`Bearer ${unknown}`)) ?? '')).toBeUndefined();
  });
});
