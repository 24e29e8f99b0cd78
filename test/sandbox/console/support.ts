import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { type ConsoleOptions, withConsole } from '../../../src/sandbox/console/with-console.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/create-sandbox.ts';
import { listen } from '../../../src/sandbox/node/listen.ts';
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
  readonly browser?: BrowserContextOptions;
  /** Section that is opened. */
  readonly section?: string;
}

/** A browser for the tests of a file; each console has a context and a sandbox of its own. */
export function useConsole(): (options?: OpenOptions) => Promise<OpenConsole> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  return async (options = {}) => {
    if (browser === undefined) throw new Error('The browser has not started');
    const sandbox = createSandbox({ seed: 1, ...options.sandbox });
    const listener = await listen(withConsole(sandbox, options.console));
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options.browser });
    const page = await context.newPage();
    page.setDefaultTimeout(5_000);
    const complaints: string[] = [];
    const requested: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => requested.push(request.url()));
    onTestFinished(async () => {
      await context.close();
      await listener.close();
      const unexpected = complaints.filter((text) => !/^Failed to load resource/.test(text));
      expect(unexpected, 'what the browser complained about').toEqual([]);
    });
    await page.goto(`${listener.url}/#/${options.section ?? ''}`);
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    return { page, sandbox, url: listener.url, requested };
  };
}
