import { describe, expect, expectTypeOf } from 'vitest';
import { type Sandbox, system } from '../../src/sandbox/index.ts';
import { createSandboxTest, test } from '../../src/sandbox/vitest.ts';

async function rename(sandbox: Sandbox, name: string): Promise<void> {
  const headers = {
    Authorization: sandbox.tokens.harbor ?? '',
    'Content-Type': 'application/json',
    'User-Agent': 'test',
  };
  const response = await sandbox.fetch('/v2/systems/@me', {
    method: 'PATCH',
    headers,
    body: JSON.stringify({ name }),
  });
  expect(response.status).toBe(200);
}

function nameIn(sandbox: Sandbox): string | null | undefined {
  return sandbox.world().systems.find(({ id }) => id === 'harbor')?.name;
}

describe('each test starts with the built-in world', () => {
  for (const name of ['First', 'Second', 'Third']) {
    test(`whatever the one before has done: ${name}`, async ({ sandbox }) => {
      expect(nameIn(sandbox)).toBe('The Harbour');
      expect(sandbox.requests()).toEqual([]);
      await rename(sandbox, name);
      sandbox.clock.freeze(new Date('2030-01-01'));
      sandbox.load(system().world());
    });
  }
});

describe.concurrent('tests that run at once do not meet', () => {
  for (const name of ['Fourth', 'Fifth', 'Sixth']) {
    test(name, async ({ sandbox }) => {
      await rename(sandbox, name);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(nameIn(sandbox)).toBe(name);
    });
  }
});

const testWithLimits = createSandboxTest({
  world: system({ id: 'exmpl' }).withMembers(3).world(),
  rateLimits: 'server',
});

testWithLimits('takes the options of a sandbox', async ({ sandbox }) => {
  expectTypeOf(sandbox).toEqualTypeOf<Sandbox>();
  const response = await sandbox.fetch('/v2/systems/exmpl/members', { headers: { 'User-Agent': 'test' } });
  expect(response.headers.get('X-RateLimit-Limit')).toBe('10');
  expect(await response.json()).toHaveLength(3);
});
