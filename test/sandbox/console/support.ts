import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { type ConsoleOptions, withConsole } from '../../../src/sandbox/console/with-console.ts';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { listen } from '../../../src/sandbox/node/listen.ts';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { launchBrowser } from '../../support/browser.ts';

export interface OpenConsole {
  readonly page: Page;
  readonly sandbox: Sandbox;
  readonly url: string;
  /** Addresses of all that the page has asked for. */
  readonly requested: readonly string[];
}

export interface OpenOptions {
  readonly sandbox?: SandboxOptions;
  readonly console?: ConsoleOptions;
  /** In CSS pixels. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  /** Section that is opened. */
  readonly section?: string;
}

/** A page for the tests of a file; each console has a sandbox of its own, and so an address and a storage of its own. */
export function useConsole(): (options?: OpenOptions) => Promise<OpenConsole> {
  let browser: Browser | undefined;
  // Making one takes as long as a test.
  let page: Page | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(15_000);
  });
  afterAll(() => browser?.close());

  return async (options = {}) => open(page, options);
}

async function open(page: Page | undefined, options: OpenOptions): Promise<OpenConsole> {
  if (page === undefined) throw new Error('The browser has not started');
  const { viewport = { width: 1280, height: 720 }, colorScheme = 'light' } = options;
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const sandbox = createSandbox({ seed: 1, ...options.sandbox });
  const listener = await listen(withConsole(sandbox, options.console));
  const complaints: string[] = [];
  const requested: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requested.push(request.url()));
  onTestFinished(async () => {
    page.removeAllListeners();
    await page.goto('about:blank');
    await listener.close();
    const unexpected = complaints.filter((text) => !/^Failed to load resource/.test(text));
    expect(unexpected, 'what the browser complained about').toEqual([]);
  });
  await page.goto(`${listener.url}/#/${options.section ?? ''}`);
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  return { page, sandbox, url: listener.url, requested };
}
