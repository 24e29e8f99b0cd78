import { expect, onTestFinished, test, vi } from 'vitest';
import { PluralKit } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';

test('in a simulated browser (jsdom), the client works with the sandbox', async () => {
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (linux) AppleWebKit/537.36 jsdom/26.1.0' });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const { fetch } = createSandbox();
  const pk = new PluralKit({ userAgent: 'test/1.0', fetch });
  expect((await pk.systems.get('harbor')).name).toBe('The Harbour');
});
