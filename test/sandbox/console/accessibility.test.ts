import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { browserTest } from '../../support/browser.ts';
import { useConsole } from './support.ts';

const open = useConsole();

/** A line of an accessibility tree in which a control has no name between its role and its state. */
const unnamed =
  /^\s*- (button|link|textbox|searchbox|combobox|spinbutton|checkbox|radio|switch|slider)(?! ["/])/;

browserTest(
  'the console has landmarks, one heading of the page, and names the section that is open',
  async () => {
    const { page } = await open();
    await page.getByRole('banner').waitFor();
    await page.getByRole('main').waitFor();
    const navigation = page.getByRole('navigation', { name: 'Sections' });
    expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['PluralKit sandbox']);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    for (const section of ['Try it', 'Requests', 'Events', 'Bot', 'Controls', 'Systems']) {
      await navigation.getByRole('link', { name: section }).click();
      await page.getByRole('region', { name: section, exact: true }).waitFor();
      expect(await navigation.locator('[aria-current=page]').allInnerTexts()).toEqual([section]);
      expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([section]);
      expect(await page.title()).toBe(`${section} · PluralKit sandbox`);
      expect(await focused(page), 'the focus follows').toBe(section);
    }
  },
);

browserTest('the console gives every field and button a name, and uses no id twice', async () => {
  const { page } = await open();
  for (const section of ['Systems', 'Try it', 'Requests', 'Events', 'Bot', 'Controls']) {
    await page.getByRole('link', { name: section, exact: true }).click();
    if (section === 'Try it') {
      await page.getByRole('combobox', { name: 'Operation' }).selectOption('updateSystemGuildSettings');
      await page.getByRole('combobox', { name: 'Send as' }).selectOption('other');
    }
    const region = page.getByRole('region', { name: section, exact: true });
    const tree = await region.ariaSnapshot();
    expect(tree).toMatch(/- (button|textbox|link|combobox)/);
    expect(
      tree.split('\n').filter((line) => unnamed.test(line)),
      section,
    ).toEqual([]);
  }
  const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

browserTest('the console can be used with the keyboard alone', async () => {
  const { page, sandbox } = await open();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused(page), 'the content comes next').toBe('Copy');

  await page.keyboard.press('Shift+Tab');
  await tabTo(page, 'Try it', 'Shift+Tab');
  expect(
    await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle),
  ).toBe('solid');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'Try it' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Update a system (');
  await tabTo(page, 'Body (JSON)', 'Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('{"tag": "typed"}');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').filter({ hasText: 'Response: 200 OK' }).waitFor();
  expect(sandbox.world().systems[0]?.tag).toBe('typed');

  await tabTo(page, 'Controls', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Reset', 'Tab');
  await page.keyboard.press('Space');
  await page.getByRole('status').filter({ hasText: 'The sandbox has started over.' }).waitFor();
  expect(sandbox.world().systems[0]?.tag).not.toBe('typed');
});

browserTest('the focus stays on a button while the world changes', async () => {
  const { page, sandbox, url } = await open();
  const button = page.getByRole('button', { name: 'Copy the token of Veiled Garden' });
  await button.focus();
  const headers = { Authorization: sandbox.tokens.harbor ?? '', 'Content-Type': 'application/json' };
  await fetch(`${url}/v2/systems/@me`, { method: 'PATCH', headers, body: '{"name": "New harbour"}' });
  await page.getByRole('heading', { name: 'New harbour' }).waitFor();
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
});

/** The label or text of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const isField =
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLInputElement;
    return (isField ? element.labels?.[0]?.textContent : element?.textContent) ?? '';
  });
}

async function tabTo(page: Page, name: string, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${name} cannot be reached with ${key}`);
}
