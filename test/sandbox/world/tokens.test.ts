import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { recordedWorld } from '../support.ts';

const [system] = recordedWorld.systems;
if (!system) throw new Error('The recorded world has no system');
const worldWith = (parts: Partial<typeof system>) => ({ systems: [{ ...system, ...parts }], messages: [] });

describe.each(['', ' ', 'two words', 'a\nline', 'tökén', '\0'])('the token %j', (token) => {
  test('of a system is rejected, as it could be that of callers who send none', () => {
    expect(() => createSandbox({ world: worldWith({ token }) })).toThrow(
      /^systems\[0\]\.token must be a token/,
    );
  });
});

test('an empty signing token is rejected, as receivers reject it', () => {
  const webhook = { url: 'https://hooks.example.com/pk', token: '' };
  expect(() => createSandbox({ world: worldWith({ webhook }) })).toThrow(
    /^systems\[0\]\.webhook\.token must be/,
  );
});

test.each([undefined, '', ' '])('the Authorization header %j is no caller', async (authorization) => {
  const sandbox = createSandbox({ world: worldWith({}) });
  const headers = {
    'User-Agent': 'test',
    ...(authorization !== undefined && { Authorization: authorization }),
  };
  expect((await sandbox.fetch('/v2/systems/@me', { headers })).status).toBe(401);
});

test.each(['', ' ', 'two words'])('the token %j of an application is rejected', (token) => {
  expect(() => createSandbox({ apps: { partner: token } })).toThrow(
    new TypeError('apps.partner must be a token of visible ASCII characters'),
  );
});
