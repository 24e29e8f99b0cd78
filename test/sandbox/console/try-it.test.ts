import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { operations } from '../../../generated/v2/operations.ts';
import { isObject } from '../../../scripts/lib/recordings.ts';
import { system, worldOf } from '../../../src/sandbox/index.ts';
import { browserTest } from '../../support/browser.ts';
import { useConsole } from './support.ts';

const open = useConsole();

async function send(page: Page): Promise<unknown> {
  const received = page.waitForResponse((response) => /\/(v2|private)\//.test(response.url()));
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await received;
  await page
    .getByRole('region', { name: 'Response' })
    .getByText(/ in \d+ ms/)
    .waitFor();
  return JSON.parse(await page.getByRole('region', { name: 'Body of the response' }).innerText());
}

const choose = (page: Page, id: string) => page.getByRole('combobox', { name: 'Operation' }).selectOption(id);
const sendAs = (page: Page, id: string) => page.getByRole('combobox', { name: 'Send as' }).selectOption(id);

browserTest('offers every operation of the document, by its tags', async () => {
  const { page } = await open({ section: 'try' });
  const options = page.getByRole('combobox', { name: 'Operation' }).getByRole('option');
  const values = await options.evaluateAll((elements) =>
    elements.map((element) => element.getAttribute('value')),
  );
  expect(values.sort()).toEqual(Object.keys(operations).sort());
});

browserTest('shows private fields to their owner only', async () => {
  const { page } = await open({ section: 'try' });
  await choose(page, 'getSystem');
  await page.getByLabel('systemRef').fill('veiled');
  await sendAs(page, '');
  expect(await send(page)).toMatchObject({ id: 'veiled', description: null, privacy: null });
  await sendAs(page, 'harbor');
  expect(await send(page)).toMatchObject({ id: 'veiled', description: null, privacy: null });
  await sendAs(page, 'veiled');
  expect(await send(page)).toMatchObject({
    id: 'veiled',
    description: expect.stringMatching(/./),
    privacy: { description_privacy: 'private' },
  });
});

browserTest('fills parameters and bodies with what the chosen system has', async () => {
  const { page, sandbox } = await open({ section: 'try' });
  await choose(page, 'addGroupMembers');
  await sendAs(page, 'relays');
  const relays = sandbox.world().systems.find(({ id }) => id === 'relays');
  expect(await page.getByLabel('groupRef').inputValue()).toBe(relays?.groups[0]?.id);
  const body: unknown = JSON.parse(await page.getByLabel('Body (JSON)').inputValue());
  expect(relays?.members.map(({ id }) => id)).toEqual(
    expect.arrayContaining(Array.isArray(body) ? body : [null]),
  );

  await page.getByLabel('groupRef').fill('typed');
  await sendAs(page, 'harbor');
  expect(await page.getByLabel('groupRef').inputValue(), 'what was typed stays').toBe('typed');
});

browserTest(
  'fills in what the world has, also where nobody is chosen or the one chosen has nothing',
  async () => {
    const world = worldOf(system(), system().withMembers(4).withGroups(3).withSwitches(2));
    const { page, url } = await open({ section: 'try', sandbox: { world } });
    const [empty, full] = world.systems;
    const members = full?.members.map(({ id }) => id) ?? [];
    const groups = full?.groups.map(({ id }) => id) ?? [];
    for (const caller of ['', empty?.id ?? '']) {
      for (const [id, things] of [
        ['addGroupMembers', members],
        ['overwriteMemberGroups', groups],
        ['createSwitch', members],
      ] as const) {
        await choose(page, id);
        await sendAs(page, caller);
        const body: unknown = JSON.parse(await page.getByLabel('Body (JSON)').inputValue());
        const named = isObject(body) ? body.members : body;
        expect(things, `${id} as ${caller}`).toEqual(
          expect.arrayContaining(Array.isArray(named) ? named : [null]),
        );
      }
      await choose(page, 'getSystem');
      const command = await page.getByRole('region', { name: 'curl command' }).innerText();
      expect(command).toContain(`'${url}/v2/systems/${caller === '' ? empty?.id : '@me'}'`);
    }
  },
);

browserTest(
  'sends any operation of the document with what it fills in, and the sandbox takes it',
  async () => {
    const { page, sandbox } = await open({ section: 'try' });
    for (const id of Object.keys(operations)) {
      sandbox.reset();
      await choose(page, id);
      await sendAs(page, 'harbor');
      const received = page.waitForResponse((response) => /\/(v2|private)\//.test(response.url()));
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      expect((await received).status(), `status of ${id}`).toBeLessThan(400);
      expect(sandbox.requests().at(-1)?.operation).toBe(id);
    }
  },
);

browserTest('gives the same request as a curl command, quoted for a shell', async () => {
  const { page, sandbox, url } = await open({ section: 'try' });
  await choose(page, 'updateSystem');
  await sendAs(page, 'nooks');
  await page.getByLabel('Body (JSON)').fill(`{"name": "It's $HOME"}`);
  const command = await page.getByRole('region', { name: 'curl command' }).innerText();
  expect(command).toContain(`curl -X PATCH '${url}/v2/systems/@me'`);
  expect(command).toContain(`-H 'Authorization: ${sandbox.tokens.nooks}'`);
  expect(command).toContain(`--data-raw '{"name": "It'\\''s $HOME"}'`);
});

browserTest('sends what is no JSON all the same, and says that it is none', async () => {
  const { page } = await open({ section: 'try' });
  await choose(page, 'createMember');
  await page.getByLabel('Body (JSON)').fill('{"name": ');
  await page.getByText('This is not valid JSON.').waitFor();
  expect(await send(page)).toEqual({ message: '400: Bad Request', code: 0 });
});

browserTest('shows rate limits, and all headers', async () => {
  const { page } = await open({ section: 'try', sandbox: { rateLimits: 'server' } });
  await choose(page, 'getSystem');
  await send(page);
  const response = page.getByRole('region', { name: 'Response' });
  await response.getByText(/Rate limit (generic_get|own_system_get): \d+ of 10 left/).waitFor();
  await response.getByText('Headers of the response').first().click();
  await response.getByRole('row', { name: /^x-pluralkit-version/ }).waitFor();
});

browserTest(
  'leads to the docs of an operation where they are served, and from a request to its operation',
  async () => {
    const docs = (path: string) =>
      path === '/v2/index.html'
        ? {
            status: 200,
            headers: { 'Content-Type': 'text/html' },
            body: '<!doctype html><title>Docs</title>',
          }
        : undefined;
    const { page, url } = await open({ section: 'requests', console: { docs } });
    await fetch(`${url}/v2/members/marina`);
    await page.locator('.log summary').first().click();
    await page.getByRole('link', { name: 'Try getMember' }).click();
    expect(await page.getByRole('combobox', { name: 'Operation' }).inputValue()).toBe('getMember');
    const link = page.getByRole('link', { name: 'Get a member in the docs' });
    expect(await link.getAttribute('href')).toBe('/docs/v2/index.html#operation/getMember');
    await link.click();
    await page.waitForURL('**/docs/v2/index.html#operation/getMember');
    expect(await page.title()).toBe('Docs');
  },
);
