import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PluralKit } from '../../../src/index.ts';
import { browserTest } from '../../support/browser.ts';
import { useConsole } from './support.ts';

const open = useConsole();
const told = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

browserTest('freezes, sets, moves and resets the clock', async () => {
  const { page, url } = await open({ section: 'controls' });
  const clock = page.getByRole('region', { name: 'Clock' });
  await clock.getByLabel('Set to (UTC)').fill('2031-02-03T04:05:06');
  await button(page, 'Set');
  await told(page, 'The clock is set.');
  await button(page, 'Freeze');
  await told(page, 'The clock stands still.');
  await clock.getByText('2031-02-03 04:05:').waitFor();

  await clock.getByLabel('Move by').fill('2');
  await clock.getByLabel('Unit').selectOption('days');
  await button(page, 'Move');
  await clock.getByText('2031-02-05 04:05:').waitFor();
  const { now, frozen } = await (await fetch(`${url}/_sandbox/clock`)).json();
  expect([now, frozen]).toEqual([expect.stringMatching(/^2031-02-05T04:05:/), true]);

  await button(page, 'Let it run');
  await told(page, 'The clock runs.');
  await button(page, 'Back to the real time');
  await clock.getByText(new Date().toISOString().slice(0, 10)).waitFor();
});

browserTest('adds faults by operation, shows them, and removes them', async () => {
  const { page, sandbox, url } = await open({ section: 'controls' });
  const card = page.getByRole('region', { name: 'Faults' });
  await card.getByText('No fault: every request gets its usual response.').waitFor();
  await card.getByLabel('Operation').selectOption('getMember');
  await card.getByLabel('Status').fill('502');
  await card.getByLabel('Wait (ms)').fill('20');
  await card.getByLabel('Next requests').fill('2');
  await button(page, 'Add the fault');
  await card
    .getByRole('listitem')
    .getByText('getMember: waits 20 ms, responds with 502, next 2 requests')
    .waitFor();
  expect((await fetch(`${url}/v2/systems/harbor`)).status).toBe(200);
  expect((await fetch(`${url}/v2/members/marina`)).status).toBe(502);
  await card.getByRole('listitem').getByText('next 1 request').waitFor();

  await card.getByLabel('Operation').selectOption('every operation');
  await card.getByLabel('Response').selectOption('none: drop the connection');
  expect(await card.getByLabel('Status').isVisible()).toBe(false);
  await card.getByLabel('Wait (ms)').fill('0');
  await card.getByLabel('Next requests').fill('');
  await card.getByLabel('Chance (%)').fill('25');
  await button(page, 'Add the fault');
  await card.getByText('Every operation: drops the connection, in 25 % of requests').waitFor();
  expect(sandbox.faults.list()[1]).toMatchObject({
    operation: null,
    drop: true,
    probability: 0.25,
    times: null,
  });

  await button(page, 'Remove all faults');
  await card.getByText('No fault: every request gets its usual response.').waitFor();
  expect(sandbox.faults.list()).toEqual([]);
});

browserTest('“Try it” reports a dropped connection', async () => {
  const { page, sandbox } = await open({ section: 'try' });
  sandbox.faults.add({ drop: true });
  await button(page, 'Send');
  await page.getByRole('alert').filter({ hasText: 'No response came' }).waitFor();
});

browserTest('shows what is left of rate limits, and uses one up', async () => {
  const { page, sandbox, url } = await open({ section: 'controls', sandbox: { rateLimits: 'server' } });
  const card = page.getByRole('region', { name: 'Rate limits' });
  await button(page, 'Freeze');
  await told(page, 'The clock stands still.');
  await card.getByText('Counted as the real server does.').waitFor();
  await card.getByText('All of every limit is left.').waitFor();
  await fetch(`${url}/v2/systems/harbor`);
  await fetch(`${url}/v2/systems/@me`, { headers: { Authorization: sandbox.tokens.nooks ?? '' } });
  const left = card.getByRole('list', { name: 'What is left of rate limits' }).getByRole('listitem');
  await left
    .filter({ hasText: /^generic_get from \S+: 8 of 10 left, full at 20\d\d-\S+ \S+ UTC$/ })
    .waitFor();
  await left.filter({ hasText: /^own_system_get of nooks: 8 of 10 left, full at/ }).waitFor();

  await card.getByLabel('Scope').selectOption('generic_get');
  await button(page, 'Use up');
  await told(page, 'generic_get is used up.');
  await left.filter({ hasText: /^generic_get for everyone: 0 of 10 left, full at/ }).waitFor();
  expect((await fetch(`${url}/v2/systems/harbor`)).status).toBe(429);
  sandbox.clock.advance(1000);
  await left.filter({ hasText: /^generic_get from \S+: 10 of 10 left$/ }).waitFor();
});

browserTest('offers no rate limits where there are none', async () => {
  const { page } = await open({ section: 'controls' });
  const card = page.getByRole('region', { name: 'Rate limits' });
  await card.getByText('Rate limits are off').waitFor();
  expect(await card.getByRole('button').count()).toBe(0);
});

browserTest('gives out an API key, which opens what its scopes say, and revokes it', async () => {
  const { page, sandbox, url } = await open({ section: 'controls' });
  const card = page.getByRole('region', { name: 'API keys' });
  await card.getByLabel('Key for').selectOption('veiled');
  await card.getByLabel('system', { exact: true }).selectOption('read');
  await card.getByRole('checkbox', { name: 'identify' }).check();
  await button(page, 'Create the key');
  const key = await card.getByText(/^pkapi:/).innerText();
  const get = async (path: string) =>
    fetch(`${url}/v2${path}`, { headers: { Authorization: `Bearer ${key}` } });
  expect(await (await get('/systems/@me')).json()).toMatchObject({
    id: 'veiled',
    description: expect.stringMatching(/./),
  });
  expect((await get('/systems/@me/members')).status).toBe(403);
  await card.getByRole('listitem').getByText('veiled: identify, read:system').waitFor();

  await button(page, 'Revoke the key of veiled: identify, read:system');
  await told(page, 'The key is revoked.');
  expect((await get('/systems/@me')).status).toBe(401);
  expect(sandbox.keys()).toEqual([]);
});

browserTest('copies an API key as a client takes it, which “Try it” sends after Bearer', async () => {
  const { page, url, sandbox } = await open({ section: 'controls' });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
  await page.getByRole('checkbox', { name: 'identify' }).check();
  await button(page, 'Create the key');
  await button(page, 'Copy the new API key');
  await told(page, 'Copied the new API key.');
  const token = await page.evaluate(() => navigator.clipboard.readText());
  const pk = new PluralKit({ token, userAgent: 'tests/1.0 (tests@example.com)', fetch: sandbox.fetch });
  const { id } = await pk.systems.get('@me');

  await page.goto(`${url}/#/try/getSystem`);
  await page.getByLabel('Send as').selectOption('Another token or API key…');
  const response = page.getByRole('region', { name: 'Body of the response' });
  for (const typed of [token, ` Bearer ${token} `]) {
    await page.getByLabel('Token or API key').fill(typed);
    await page.getByLabel('systemRef').fill('@me');
    await button(page, 'Send');
    await response.getByText(`"${id}"`).first().waitFor();
    const command = await page.getByRole('region', { name: 'curl command' }).innerText();
    expect(command).toContain(`-H 'Authorization: Bearer ${token}'`);
  }
});

browserTest('resets the world', async () => {
  const { page, sandbox, url } = await open({ section: 'controls' });
  const before = sandbox.world();
  const headers = { Authorization: sandbox.tokens.relays ?? '', 'Content-Type': 'application/json' };
  await fetch(`${url}/v2/members`, { method: 'POST', headers, body: '{"name": "Guest"}' });
  expect(sandbox.world()).not.toEqual(before);
  await button(page, 'Reset');
  await told(page, 'The sandbox has started over.');
  expect(sandbox.world()).toEqual(before);
  expect(sandbox.deliveries()).toEqual([]);
});

browserTest('saves the world as a file, loads it again, and tells what is wrong with a file', async () => {
  const { page, sandbox } = await open({ section: 'controls' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Save as a file' }).click(),
  ]);
  const saved = readFileSync(await download.path(), 'utf8');
  expect(JSON.parse(saved)).toEqual(sandbox.world());

  const world = sandbox.world();
  const changed = {
    ...world,
    systems: world.systems.map((system) => ({ ...system, name: `${system.id} loaded` })),
  };
  const choose = (text: string) =>
    page
      .getByLabel('World file')
      .setInputFiles({ name: 'world.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await choose(JSON.stringify(changed));
  await button(page, 'Load');
  await told(page, 'The world is loaded.');
  expect(sandbox.world()).toEqual(changed);
  await page.getByRole('link', { name: 'Systems' }).click();
  await page.getByRole('heading', { name: 'harbor loaded' }).waitFor();

  await page.getByRole('link', { name: 'Controls' }).click();
  await choose('{"systems": [{"id": "x"}]}');
  await button(page, 'Load');
  await page.getByRole('alert').filter({ hasText: 'systems[0].id must be' }).waitFor();
  expect(sandbox.world()).toEqual(changed);
});

browserTest('saves the requests as an HTTP archive', async () => {
  const { page, url } = await open({ section: 'requests' });
  await fetch(`${url}/v2/systems/harbor`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Save as HAR' }).click(),
  ]);
  const { log } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(log).toMatchObject({ version: '1.2', entries: [{ request: { url: `${url}/v2/systems/harbor` } }] });
});
