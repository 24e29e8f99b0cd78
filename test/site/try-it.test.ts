import { expect, onTestFinished } from 'vitest';
import { consoleFiles } from '../../generated/console.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { browserTest } from '../support/browser.ts';
import { someOf } from '../support/tries.ts';
import { openTryIt } from './try-it.ts';

browserTest('operations get their responses in the page, and nothing leaves it', async () => {
  const { page, requests, errors } = await openTryIt('index.html#/try');
  const operations: { id: string; body: unknown }[] = JSON.parse(consoleFiles['operations.json'] ?? '[]');
  expect(operations.length).toBeGreaterThan(40);
  await page.getByRole('combobox', { name: 'Operation' }).waitFor();
  const statuses: Record<string, string> = {};
  for (const { id } of someOf(operations, 10)) {
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

browserTest(
  'sends requests to another server only where that is chosen, and changes only where they are allowed',
  async () => {
    const sandbox = createSandbox();
    const server = await listen(sandbox);
    onTestFinished(() => server.close());
    const { page, requests, errors } = await openTryIt('index.html#/try/updateMember');
    const send = () => page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Requests go to the sandbox in this page').click();
    await send();
    await page.getByText('200 OK', { exact: true }).waitFor();
    expect(requests.filter((url) => url.startsWith('http'))).toEqual([]);

    await page.getByLabel('Send requests to').selectOption('a sandbox on this machine');
    await page.getByLabel('Address', { exact: true }).fill(server.url);
    await page.getByText(`Requests go to ${server.url}`).waitFor();
    await send();
    await page.getByText('Nothing was sent: choose').waitFor();
    await page.getByLabel('Send requests that change data, too').check();
    await send();
    await page.getByText('401 Unauthorized', { exact: true }).waitFor();
    await page
      .getByRole('textbox', { name: 'Token or API key' })
      .last()
      .fill(sandbox.tokens.harbor ?? '');
    await send();
    await page.getByText('200 OK', { exact: true }).waitFor();
    const reached = sandbox.requests().filter(({ method }) => method !== 'OPTIONS');
    expect(reached.map(({ method, status }) => [method, status])).toEqual([
      ['PATCH', 401],
      ['PATCH', 200],
    ]);

    // Neither is a token kept, nor can the address of a foreign host be chosen.
    await page.getByLabel('Address', { exact: true }).fill('https://example.com');
    await page.getByText('Requests go to http://127.0.0.1:4011').waitFor();
    await expect(page.locator('#target-authorization').inputValue()).resolves.toBe('');
    await page.getByLabel('Send requests to').selectOption('the real server (https://api.pluralkit.me)');
    await page.getByText('Requests reach the real PluralKit.').waitFor();
    await expect(page.locator('#target-authorization').inputValue()).resolves.toBe('');
    const stored = await page.evaluate(() => [
      ...Object.values(localStorage),
      ...Object.values(sessionStorage),
    ]);
    expect(JSON.stringify([stored, await page.context().cookies()])).not.toContain(sandbox.tokens.harbor);
    expect(requests.filter((url) => url.includes('pluralkit.me'))).toEqual([]);
    expect(errors.filter((error) => !error.includes('401'))).toEqual([]);
  },
);
