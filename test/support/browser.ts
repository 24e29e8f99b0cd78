import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { testWith } from './test-with.ts';

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const executablePath = candidates.find((path) => path !== undefined && existsSync(path));

// Without background services a browser makes no request that the page did not ask for.
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium; the caller closes it. Throws where none is installed. */
export function launchBrowser(): Promise<Browser> {
  if (executablePath === undefined) {
    throw new Error(
      'No Chromium found: install Debian’s `chromium`, or set CHROMIUM_PATH to a Chrome or Chromium.',
    );
  }
  return chromium.launch({ executablePath, args: quiet });
}

export const browserTest = testWith(
  executablePath !== undefined,
  'a browser',
  'no Chromium found (install one, or set CHROMIUM_PATH)',
);
