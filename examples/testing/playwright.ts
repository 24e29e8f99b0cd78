import { chromium } from 'playwright-core';
import { createSandbox } from 'pluralkit-openapi/sandbox';

const sandbox = createSandbox();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();

await page.route('https://api.pluralkit.me/**', async (route) => {
  const request = route.request();
  const response = await sandbox.fetch(request.url(), {
    method: request.method(),
    headers: await request.allHeaders(),
    body: request.postData(),
  });
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  });
});

// Your own page goes here.
const name = await page.evaluate(async () => {
  const response = await fetch('https://api.pluralkit.me/v2/systems/harbor');
  return (await response.json()).name;
});
console.log(name);
await browser.close();
