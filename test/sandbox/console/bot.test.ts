import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { browserTest } from '../../support/browser.ts';
import { useConsole } from './support.ts';

const open = useConsole();
const told = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

browserTest('writes messages, shows what the bot makes of them, events and responses', async () => {
  const { page, sandbox } = await open({ section: 'bot' });
  const card = page.getByRole('region', { name: 'Write a message', exact: true }).first();
  await card.getByLabel('Account').selectOption('910000000000000001');
  await card.getByLabel('Text').fill('m: hello');
  await button(page, 'Send the message');
  await told(page, 'The message is sent.');
  await card.getByText(/Proxied as/).waitFor();
  const { id } = sandbox.world().messages.at(-1) ?? { id: '' };
  const lookup = card.getByRole('region', { name: 'Response of GET /messages' });
  expect(await lookup.innerText()).toContain(id);
  await button(page, 'Delete the message');
  await told(page, 'The message is deleted.');
  expect(await lookup.innerText()).toContain(id);
  sandbox.clock.advance(15_000);
  await button(page, 'Look it up again');
  await lookup.getByText('20006').waitFor();

  await card.getByLabel('Text', { exact: true }).fill('m: again');
  await button(page, 'Send the message');
  await card.getByLabel('New text').fill('better');
  await button(page, 'Edit the message');
  await told(page, 'The message is edited.');
  await card.getByLabel('Another member').selectOption('cedric');
  await button(page, 'Reproxy the message');
  await told(page, 'The message is posted anew.');
  expect(sandbox.world().messages.at(-1)?.member).toBe('cedric');

  await card.getByLabel('Guild').fill('');
  await button(page, 'Send the message');
  await card.getByText('not-in-guild').waitFor();
  await card.getByLabel('Channel').fill('general');
  await button(page, 'Send the message');
  await page.getByRole('alert').filter({ hasText: 'channel must be a Discord id' }).waitFor();
});

browserTest('shows the events of a system that has a webhook', async () => {
  const { page, sandbox } = await open({ section: 'bot' });
  const system = sandbox
    .world()
    .systems.find(({ webhook, accounts }) => webhook !== null && accounts.length > 0);
  const [account = ''] = system?.accounts ?? [];
  const tag = system?.members.flatMap((one) => one.proxy_tags)[0];
  const card = page.getByRole('region', { name: 'Write a message', exact: true }).first();
  await card.getByLabel('Account').selectOption(account);
  await card.getByLabel('Guild').fill('5');
  await card.getByLabel('Text').fill(`${tag?.prefix ?? ''}hello${tag?.suffix ?? ''}`);
  await button(page, 'Send the message');
  await card.getByRole('region', { name: 'Event CREATE_MESSAGE' }).waitFor();
});

browserTest('registers webhooks, and tells why one is rejected', async () => {
  let responses = [401, 401];
  const deliver = async () => ({ status: responses.shift() ?? 500 });
  const { page, sandbox } = await open({ section: 'bot', sandbox: { deliver } });
  const card = page.getByRole('region', { name: 'Webhook', exact: true });
  await card.getByLabel('Webhook of').selectOption('harbor');
  await card.getByLabel('URL').fill('https://hooks.example.com/pk');
  await button(page, 'Register');
  await page
    .getByRole('alert')
    .filter({ hasText: 'must respond 200 to a PING with the right token' })
    .waitFor();
  responses = [200, 401];
  await button(page, 'Register');
  await told(page, 'The webhook is registered.');
  const { webhook } = sandbox.world().systems.find(({ id }) => id === 'harbor') ?? {};
  expect(webhook?.url).toBe('https://hooks.example.com/pk');
  await card.getByText(webhook?.token ?? '').waitFor();
});

browserTest('runs commands, and configures guilds', async () => {
  const { page, sandbox } = await open({ section: 'bot' });
  const harbor = () => sandbox.world().systems.find(({ id }) => id === 'harbor');
  const card = page.getByRole('region', { name: 'Commands', exact: true });
  await card.getByLabel('System').selectOption('harbor');
  await card.getByLabel('Discord account').fill('5');
  await button(page, 'Link');
  await told(page, 'The account is linked to the system.');
  expect(harbor()?.accounts).toContain('5');
  await button(page, 'Turn autoproxy off');
  await told(page, 'Messages of the account are not autoproxied.');
  expect(harbor()?.accounts_without_autoproxy).toContain('5');
  await button(page, 'Unlink');
  await told(page, 'The account is unlinked.');
  expect(harbor()?.accounts).not.toContain('5');
  await button(page, 'Delete all switches');
  await told(page, 'All switches of the system are deleted.');
  expect(harbor()?.switches).toEqual([]);
  await button(page, 'Refresh the token');
  await card.getByText(`The new token: ${harbor()?.token}`).waitFor();

  const guild = page.getByRole('region', { name: 'Guild', exact: true });
  await guild.getByLabel('Channels without proxying').fill('920000000000000001, 6');
  await button(page, 'Configure');
  await told(page, 'The guild is configured.');
  const message = page.getByRole('region', { name: 'Write a message', exact: true }).first();
  await message.getByLabel('Text').fill('m: hello');
  await button(page, 'Send the message');
  await message.getByText('channel-blocked').waitFor();
});

browserTest('imports and exports, saves and restores', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pluralkit-console-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'tuppers.json');
  await writeFile(path, JSON.stringify({ tuppers: [{ name: 'Imported', group_id: 1 }] }));
  const { page, sandbox } = await open({ section: 'bot' });
  await page.getByLabel('Snapshot', { exact: true }).fill('before');
  await button(page, 'Save');
  await told(page, 'The snapshot is saved.');

  const card = page.getByRole('region', { name: 'Import and export' });
  await card.getByLabel('Import into').selectOption('910000000000000001');
  await card.getByLabel('Export file').setInputFiles(path);
  await button(page, 'Import');
  await told(page, 'The file is imported.');
  await card.getByRole('region', { name: 'What was imported' }).getByText('tuppers[].group_id').waitFor();
  const names = () => sandbox.world().systems[0]?.members.map(({ name }) => name);
  expect(names()).toContain('Imported');
  await card.getByLabel('Export of').selectOption('harbor');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('link', { name: 'Export' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('system.json');

  await button(page, 'Restore before');
  await told(page, 'The snapshot is restored.');
  expect(names()).not.toContain('Imported');
  await button(page, 'Delete before');
  await told(page, 'The snapshot is deleted.');
});
