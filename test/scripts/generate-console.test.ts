import { expect, test } from 'vitest';
import { consoleSource } from '../../scripts/generate/console.ts';
import { bundleDocuments } from '../../scripts/lib/document.ts';

test('the console is made of the methods that are generated with it, not of those from the last time', async () => {
  const { v2 } = await bundleDocuments();
  const methods = "export const methods = { systems: { getPing: 'GET /systems/{system}/ping' } };";
  const source = await consoleSource(v2, 'Generated.', (path) =>
    path === 'generated/v2/methods.ts' ? methods : undefined,
  );
  expect(source).toContain('/systems/{system}/ping');
});
