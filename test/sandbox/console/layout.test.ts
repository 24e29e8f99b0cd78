import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { browserTest } from '../../support/browser.ts';
import { type OpenConsole, type OpenOptions, useConsole } from './support.ts';

const open = useConsole();
const sections = ['Systems', 'Try it', 'Requests', 'Events', 'Bot', 'Controls'];

/** With something to see in every section, also long things, and all of it opened. */
async function openFull(options: OpenOptions): Promise<OpenConsole> {
  const opened = await open({ ...options, sandbox: { rateLimits: 'server' } });
  const { page, sandbox, url } = opened;
  const headers = { Authorization: sandbox.tokens.relays ?? '', 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: 'n'.repeat(100), description: 'd'.repeat(500) });
  await fetch(`${url}/v2/members`, { method: 'POST', headers, body });
  await fetch(`${url}/v2/members/${'x'.repeat(300)}?${'y'.repeat(300)}`);
  sandbox.faults.add({ operation: 'createMember', status: 500, probability: 0.5 });
  await page.getByRole('link', { name: 'Try it', exact: true }).click();
  await page.getByRole('combobox', { name: 'Operation' }).selectOption('updateMember');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('region', { name: 'Body of the response' }).waitFor();
  return opened;
}

async function openSection(page: Page, section: string): Promise<void> {
  await page.getByRole('link', { name: section, exact: true }).click();
  const region = page.getByRole('region', { name: section, exact: true });
  if (section === 'Requests' || section === 'Events') await region.locator('.log > li').first().waitFor();
  const openClosed = () =>
    region.locator('details:not([open])').evaluateAll((closed) => {
      for (const details of closed) details.setAttribute('open', '');
      return closed.length;
    });
  // What is opened may have more within.
  await expect.poll(openClosed).toBe(0);
}

describe('the console on a small phone', () => {
  browserTest('has nothing wider than the screen', async () => {
    const { page } = await openFull({ viewport: { width: 360, height: 740 } });
    for (const section of sections) {
      await openSection(page, section);
      const tooWide = await page.evaluate(() =>
        [...document.querySelectorAll('body *')]
          .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
          // What is cut off on purpose, for screen readers alone.
          .filter((element) => !element.matches('.visually-hidden'))
          .map((element) => element.outerHTML.slice(0, 100)),
      );
      expect(tooWide, section).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), section).toBe(360);
    }
  });
});

browserTest('buttons and messages do not touch what is beside them', async () => {
  const { page, url } = await openFull({});
  for (const section of [...sections, 'unknown']) {
    if (section === 'unknown') await page.goto(`${url}/#/try/updateMembr`);
    else await openSection(page, section);
    const touching = await page.evaluate(() =>
      [...document.querySelectorAll('main button, main [role="alert"]')]
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          const box = element.getBoundingClientRect();
          // Of a text in several lines, the last one before it, and the first one after it.
          const before = [...(element.previousElementSibling?.getClientRects() ?? [])].at(-1);
          const after = element.nextElementSibling?.getClientRects()[0];
          return [before, after].some((other) => {
            if (other === undefined) return false;
            const across = Math.max(other.left - box.right, box.left - other.right);
            const down = Math.max(other.top - box.bottom, box.top - other.bottom);
            return Math.max(across, down) < 3;
          });
        })
        .map((element) => element.outerHTML.slice(0, 100)),
    );
    expect(touching, section).toEqual([]);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`has enough contrast when ${colorScheme}`, async () => {
    const { page } = await openFull({ colorScheme });
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(luminanceOf(background) < 0.5).toBe(colorScheme === 'dark');
    for (const section of sections) {
      await openSection(page, section);
      const texts = await colorsOfTexts(page);
      expect(texts.length, section).toBeGreaterThan(10);
      const faint = texts.filter(({ color, behind }) => contrastOf(color, behind) < 4.5);
      expect(faint, section).toEqual([]);
    }
  });
}

browserTest('the console has no motion where reduced motion is preferred', async () => {
  const { page } = await open();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return transitionDuration !== '0s' || animationName !== 'none';
    }),
  );
  expect(moving).toEqual([]);
});

interface TextColors {
  readonly text: string;
  readonly color: string;
  readonly behind: string;
}

/** The colours of every element that is seen and has text of its own. */
function colorsOfTexts(page: Page): Promise<TextColors[]> {
  return page.evaluate(() => {
    const isSeen = (element: Element) =>
      element.checkVisibility() && !element.closest('.visually-hidden, option');
    const hasText = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const behind = (element: Element | null): string => {
      if (element === null) return 'rgb(255, 255, 255)';
      const color = getComputedStyle(element).backgroundColor;
      return color === 'rgba(0, 0, 0, 0)' ? behind(element.parentElement) : color;
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => isSeen(element) && hasText(element))
      .map((element) => ({
        text: element.textContent?.slice(0, 40) ?? '',
        color: getComputedStyle(element).color,
        behind: behind(element),
      }));
  });
}

/** Of two opaque colours, as WCAG 2 counts: from 1 to 21. */
function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(color: string): number {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color)?.slice(1).map(Number);
  if (channels === undefined) throw new Error(`No opaque colour: ${color}`);
  const [red = 0, green = 0, blue = 0] = channels
    .map((channel) => channel / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
