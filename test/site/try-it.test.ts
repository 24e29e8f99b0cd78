import { expect } from 'vitest';
import { consoleFiles } from '../../generated/console.ts';
import { browserTest } from '../support/browser.ts';
import { openTryIt } from './try-it.ts';

browserTest('every operation gets its response in the page, and nothing leaves it', async () => {
  const { page, requests, errors } = await openTryIt('index.html#/try');
  const operations: { id: string; body: unknown }[] = JSON.parse(consoleFiles['operations.json'] ?? '[]');
  expect(operations.length).toBeGreaterThan(40);
  await page.getByRole('combobox', { name: 'Operation' }).waitFor();
  const statuses: Record<string, string> = {};
  for (const { id } of operations) {
    await page.getByRole('combobox', { name: 'Operation' }).selectOption(id);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('form [aria-disabled]').waitFor({ state: 'detached' });
    // Otherwise the rate limits would be reached.
    await page.evaluate(() => fetch('/_sandbox/clock', { method: 'POST', body: '{"advance":1000}' }));
    statuses[id] = await page.locator('.response .status').innerText();
  }
  const unexpected = Object.entries(statuses).filter(([, status]) => !/^2/.test(status));
  expect(unexpected).toEqual([]);
  expect(new Set(requests)).toEqual(
    new Set([
      'index.html',
      'console.css',
      'icon.svg',
      'bridge.js',
      'console.js',
      'worker.js',
      'operations.json',
    ]),
  );
  expect(errors).toEqual([]);
});

browserTest('shows the journal, resets the world, and names the real server in its commands', async () => {
  const { page, errors } = await openTryIt('index.html#/try/deleteMember');
  await page
    .getByLabel('curl command')
    .getByText("curl -X DELETE 'https://api.pluralkit.me/v2/members/")
    .waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('204 No content', { exact: true }).waitFor();

  await page.getByRole('link', { name: 'Requests' }).click();
  await page.getByRole('listitem').getByText('deleteMember').first().waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save as HAR' }).click();
  expect((await download).suggestedFilename()).toBe('sandbox.har');
  expect(errors).toEqual([]);
});
