import { expect } from 'vitest';
import { browserTest } from '../../support/browser.ts';
import { useConsole } from './support.ts';

const open = useConsole();
const sections = ['Systems', 'Try it', 'Requests', 'Events', 'Bot', 'Controls'];

browserTest(
  'asks nobody but the sandbox for anything, and the browser has nothing to complain about',
  async () => {
    const { page, url, requested } = await open();
    for (const section of sections) {
      await page.getByRole('link', { name: section, exact: true }).click();
      await page.getByRole('heading', { level: 2, name: section }).waitFor();
    }
    expect(requested.length).toBeGreaterThan(5);
    expect(requested.filter((address) => !address.startsWith(`${url}/`))).toEqual([]);
  },
);

browserTest('lists the systems with their tokens, and copies a token', async () => {
  const { page, sandbox, url } = await open();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
  for (const { id, name, token } of sandbox.world().systems) {
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: name ?? id }) });
    await card.getByText(token ?? '', { exact: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Copy the token of The Harbour' }).click();
  await page.getByRole('status').filter({ hasText: 'Copied the token of The Harbour.' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(sandbox.tokens.harbor);
});

browserTest('says what it is, and links to the docs where they are served', async () => {
  const docs = () => ({ status: 200, headers: { 'Content-Type': 'text/html' }, body: '' });
  const { page } = await open({ console: { docs }, sandbox: { world: {} } });
  await page.getByText('no change in it reaches PluralKit').waitFor();
  const link = page.getByRole('link', { name: 'Documentation', exact: true });
  expect(await link.getAttribute('href')).toBe('/docs/v2/index.html');
  await page.getByText('Load another world in the section “Controls”.').waitFor();
});

browserTest('shows what others have changed, without a reload', async () => {
  const { page, sandbox, url } = await open();
  const heading = page.getByRole('heading', { name: 'A new name' });
  expect(await heading.count()).toBe(0);
  await fetch(`${url}/v2/systems/@me`, {
    method: 'PATCH',
    headers: { Authorization: sandbox.tokens.nooks ?? '', 'Content-Type': 'application/json' },
    body: '{"name": "A new name"}',
  });
  await heading.waitFor();
});

browserTest('shows a request with its operation, status, headers and bodies, but not its token', async () => {
  const { page, sandbox, url } = await open({ section: 'requests' });
  await page.getByText('No request yet.').waitFor();
  const token = sandbox.tokens.harbor ?? '';
  await fetch(`${url}/v2/members`, {
    method: 'POST',
    headers: { Authorization: token, 'Content-Type': 'application/json' },
    body: '{"name": "", "pronouns": "<b>any</b>"}',
  });
  await fetch(`${url}/v2/systms/harbor`);

  const list = page.getByRole('list', { name: 'Requests, newest first' });
  const rows = list.locator('> li');
  await rows.nth(1).waitFor();
  expect(await rows.nth(0).innerText()).toMatch(
    /GET\s+\/v2\/systms\/harbor\s+no operation; nearest: getSystem\s+404 Not found/,
  );
  const row = rows.nth(1);
  expect(await row.innerText()).toMatch(/POST\s+\/v2\/members\s+createMember\s+400 Bad request/);

  await row.locator('summary').first().click();
  await row.getByText('With the token of harbor').waitFor();
  expect(await row.getByRole('region', { name: 'Body: request' }).innerText()).toContain('"<b>any</b>"');
  expect(await row.getByRole('region', { name: 'Body: response' }).innerText()).toContain('"code": 40001');
  expect(await list.textContent()).not.toContain(token);

  await page.getByRole('searchbox', { name: 'Filter the requests' }).fill('systms');
  expect(await rows.count()).toBe(1);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('No request yet.').waitFor();
  expect(sandbox.requests()).toEqual([]);
});

browserTest('keeps an opened request open, and the focus where it is, when others come', async () => {
  const { page, url } = await open({ section: 'requests' });
  await fetch(`${url}/v2/systems/harbor`);
  const rows = page.getByRole('list', { name: 'Requests, newest first' }).locator('> li');
  await rows.nth(0).locator('summary').first().press('Enter');
  await fetch(`${url}/v2/systems/nooks`);
  await rows.nth(1).waitFor();
  expect(await rows.nth(1).locator('details').first().getAttribute('open')).toBe('');
  expect(
    await rows
      .nth(1)
      .locator('summary')
      .first()
      .evaluate((summary) => summary === document.activeElement),
  ).toBe(true);
});

browserTest('stops showing new requests while paused, and catches up afterwards', async () => {
  const { page, url } = await open({ section: 'requests' });
  await page.getByRole('checkbox', { name: 'Pause' }).check();
  await fetch(`${url}/v2/systems/harbor`);
  // Longer than the page ever waits before it asks again.
  await page.waitForTimeout(1500);
  expect(await page.getByText('No request yet.').isVisible()).toBe(true);
  await page.getByRole('checkbox', { name: 'Pause' }).uncheck();
  await page.getByRole('list', { name: 'Requests, newest first' }).getByText('/v2/systems/harbor').waitFor();
});

browserTest('empties the list of requests when another program resets the sandbox', async () => {
  const { page, sandbox, url } = await open({ section: 'requests' });
  await fetch(`${url}/v2/systems/harbor`);
  const rows = page.getByRole('list', { name: 'Requests, newest first' }).locator('> li');
  await rows.first().waitFor();
  sandbox.reset();
  await page.getByText('No request yet.').waitFor();
  await fetch(`${url}/v2/systems/nooks`);
  await rows.first().waitFor();
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('/v2/systems/nooks')]);
});

browserTest('shows webhook events in order, with their payloads', async () => {
  const { page, sandbox, url } = await open({ section: 'events' });
  await page.getByText('No event yet.').waitFor();
  const headers = { Authorization: sandbox.tokens.relays ?? '', 'Content-Type': 'application/json' };
  await fetch(`${url}/v2/systems/@me`, { method: 'PATCH', headers, body: '{"tag": "first"}' });
  await fetch(`${url}/v2/members`, { method: 'POST', headers, body: '{"name": "Second"}' });
  const rows = page.getByRole('list', { name: 'Webhook events, newest first' }).locator('> li');
  await rows.nth(1).waitFor();
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringMatching(/2\.\s+CREATE_MEMBER\s+Relay Station/),
    expect.stringMatching(/1\.\s+UPDATE_SYSTEM\s+Relay Station/),
  ]);
  await rows.nth(1).locator('summary').click();
  const payload = await rows.nth(1).getByRole('region', { name: 'Payload of UPDATE_SYSTEM' }).innerText();
  expect(JSON.parse(payload)).toEqual(sandbox.deliveries()[0]?.payload);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('No event yet.').waitFor();
  expect(sandbox.deliveries()).toEqual([]);
});

browserTest('shows in the row of an event what came of its delivery', async () => {
  const outcomes = [{ status: 204 }, { status: 500 }, { error: 'connect ECONNREFUSED 127.0.0.1:4012' }];
  const deliver = async () => outcomes.shift() ?? { status: 200 };
  const { page, sandbox, url } = await open({ section: 'events', sandbox: { deliver } });
  const headers = { Authorization: sandbox.tokens.relays ?? '', 'Content-Type': 'application/json' };
  for (const tag of ['one', 'two', 'three']) {
    await fetch(`${url}/v2/systems/@me`, { method: 'PATCH', headers, body: JSON.stringify({ tag }) });
  }
  const rows = page.getByRole('list', { name: 'Webhook events, newest first' }).locator('> li');
  await rows.nth(2).getByText('204 No content').waitFor();
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringContaining('failed: connect ECONNREFUSED 127.0.0.1:4012'),
    expect.stringContaining('500 Server error'),
    expect.stringContaining('204 No content'),
  ]);
});

browserTest('says what of its address is not known, with the nearest', async () => {
  const { page, url } = await open();
  const problem = page.getByRole('alert');
  const visit = (hash: string) => page.goto(`${url}/#/${hash}`);
  for (const [hash, text] of [
    ['try/members.get', 'There is no operation “members.get”; did you mean “getMember”?'],
    ['try/getMembr', 'There is no operation “getMembr”; did you mean “getMember”?'],
    ['try/getMember/harbr', 'No system with a token has the id “harbr”; did you mean “harbor”?'],
    ['evnts', 'There is no section “evnts”; did you mean “events”?'],
    ['%', 'There is no section “%”'],
  ] as const) {
    await visit(hash);
    await problem.getByText(text, { exact: true }).waitFor();
  }
  await visit('try/getMember/harbor');
  await problem.waitFor({ state: 'hidden' });
  expect(await page.getByRole('combobox', { name: 'Operation' }).inputValue()).toBe('getMember');
});

browserTest('shows markup in names, paths and bodies as text', async () => {
  const markup = '<img src="/v2/x" onerror="document.title=1"><script>document.title=1</script>';
  const { page, sandbox, url } = await open();
  const headers = { Authorization: sandbox.tokens.relays ?? '', 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: markup, display_name: markup, description: markup });
  await fetch(`${url}/v2/systems/@me`, { method: 'PATCH', headers, body: JSON.stringify({ name: markup }) });
  await fetch(`${url}/v2/members`, { method: 'POST', headers, body });
  await fetch(`${url}/v2/${encodeURIComponent(markup)}?${markup}`, { headers: { 'X-Markup': markup } });
  await page.getByRole('heading', { name: markup }).waitFor();
  for (const section of ['Requests', 'Events']) {
    await page.getByRole('link', { name: section, exact: true }).click();
    const rows = page.getByRole('region', { name: section }).locator('.log > li');
    await rows.nth(1).waitFor();
    for (const summary of await rows.locator('> details > summary').all()) await summary.click();
  }
  await page.getByRole('link', { name: 'Try it', exact: true }).click();
  await page.getByRole('combobox', { name: 'Send as' }).selectOption({ label: `${markup} (relays)` });
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('region', { name: 'Body of the response' }).getByText('onerror').waitFor();
  expect(await page.locator('main img, main script').count()).toBe(0);
  expect(await page.title()).toBe('Try it · PluralKit sandbox');
});

browserTest('reports when the sandbox stops responding, and when it responds again', async () => {
  const { page } = await open();
  await page.context().setOffline(true);
  await page.getByRole('status').filter({ hasText: 'The sandbox does not respond.' }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
});
