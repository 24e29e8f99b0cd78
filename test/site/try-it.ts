import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { tryItFiles } from '../../scripts/site/try-it.ts';
import { launchBrowser } from '../support/browser.ts';
import { serveFiles } from './serve-files.ts';

const files = tryItFiles();

/** Opens a page of the try-it folder in a browser, served below some path, until the test has finished. */
export async function openTryIt(path: string): Promise<{ page: Page; requests: string[]; errors: string[] }> {
  const texts = await files;
  const server = await serveFiles('/any/path/', (name) => texts[name]);
  const browser = await launchBrowser();
  onTestFinished(async () => {
    await browser.close();
    await server.close();
  });
  const page = await browser.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url().replace(`${server.url}/any/path/`, '')));
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(`${server.url}/any/path/${path}`);
  return { page, requests, errors };
}
