/**
 * Takes the picture of README: see `--help`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { docsDirectory } from './lib/docs-directory.ts';
import { buildDocs } from './lib/docs-pages.ts';
import { bundleDocuments } from './lib/document.ts';
import { portFrom, projectDirectory, runProgram } from './lib/program.ts';
import { availablePort, startSandbox } from './lib/servers.ts';

const help = `
Takes the picture of README: the console of a sandbox, and the rendered docs. It needs a Chromium.

Usage: npm run picture [-- options]

  --output <file>  where to (default: docs/images/console-and-docs.png)
  --port <number>  where the sandbox listens, which the picture shows (default: 4011)
  --help           show this
`;

const options = {
  output: { type: 'string', default: resolve(projectDirectory, 'docs/images/console-and-docs.png') },
  port: { type: 'string', default: '4011' },
} as const;

/** Of the picture, in CSS pixels. */
const size = { width: 1440, height: 900 };

await runProgram({ help, options }, async ({ output, port }) => {
  await buildDocs(await bundleDocuments());
  const sandbox = await startSandbox(await availablePort(portFrom(port)), docsDirectory);
  const browser = await launchBrowser();
  try {
    const docs = await shoot(browser, `${sandbox.url}/docs/v2/index.html#operation/updateMember`, {
      heading: 'Update a member',
      viewport: { width: 1280, height: 760 },
    });
    const console = await shoot(browser, `${sandbox.url}/#/systems`, {
      heading: 'The Harbour',
      viewport: { width: 800, height: 540 },
    });
    mkdirSync(dirname(resolve(output)), { recursive: true });
    writeFileSync(output, await compose(browser, docs, console));
  } finally {
    await browser.close();
    await sandbox.stop();
  }
  process.stdout.write(`${output}: taken.\n`);
});

interface View {
  /** A heading that is there once the page shows what it is to show. */
  readonly heading: string;
  readonly viewport: typeof size;
}

/** A picture of a page, as a data URL. */
async function shoot(browser: Browser, url: string, { heading, viewport }: View): Promise<string> {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  await page.goto(url);
  await page.getByRole('heading', { name: heading }).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.getByText('Loading').waitFor({ state: 'hidden' });
  const picture = await page.screenshot();
  await page.close();
  return `data:image/png;base64,${picture.toString('base64')}`;
}

/** The docs behind, the console in front. */
async function compose(browser: Browser, docs: string, console: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: size });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; height: ${size.height}px; position: relative; background: #eceaf4 }
    img { position: absolute; border-radius: 10px; box-shadow: 0 0 0 1px #b9b4d0 }
    .docs { top: 24px; right: 24px }
    .console { bottom: 24px; left: 24px }
  </style><img class="docs" src="${docs}"><img class="console" src="${console}">`);
  return page.screenshot();
}
