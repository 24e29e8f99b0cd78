import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { startServer } from '../../src/sandbox/node/server.ts';
import { createTestEvent } from '../../src/webhooks/index.ts';
import { browserTest } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { startProgram } from '../support/processes.ts';
import { exampleFiles, openExamples } from './examples.ts';
import { openTryIt } from './try-it.ts';

const { sandbox, server, taken, take, environment, outputOf } = await openExamples();
afterAll(() => server.close());

test('the backup holds every switch, and only its owner may read it', async () => {
  const directory = join(projectDirectory, '.cache');
  const file = join(directory, 'backup-of-the-recipe.json');
  onTestFinished(() => rmSync(file, { force: true }));
  const output = await outputOf('recipes/backup.ts', {}, [file]);
  expect(output).toMatch(/^\d+ members, \d+ groups, \d+ switches\n$/);
  const backup = JSON.parse(readFileSync(file, 'utf8'));
  expect(backup.system.id).toBe('harbor');
  expect(
    `${backup.members.length} members, ${backup.groups.length} groups, ${backup.switches.length} switches\n`,
  ).toBe(output);
  const harbor = sandbox.world().systems.find(({ id }) => id === 'harbor');
  expect(backup.switches.length).toBe(harbor?.switches?.length);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('the bulk edit changes nothing but the field that it sends', async () => {
  const before = sandbox.world();
  const output = await outputOf('recipes/bulk-edit.ts');
  const [, changed] = /^(\d+) of \d+ members changed\n$/.exec(output) ?? [];
  expect(Number(changed)).toBeGreaterThan(0);
  const membersOf = (world: typeof before) => world.systems.find(({ id }) => id === 'harbor')?.members ?? [];
  const after = membersOf(sandbox.world());
  for (const [index, member] of membersOf(before).entries()) {
    const { privacy, ...rest } = after[index] ?? {};
    expect(rest).toEqual(Object.fromEntries(Object.entries(member).filter(([key]) => key !== 'privacy')));
    expect(privacy?.pronoun_privacy).toBe(
      member.pronouns === null ? 'private' : member.privacy?.pronoun_privacy,
    );
  }
});

test.each(['express', 'fastify', 'hono'])(
  'the receiver in %s takes an event and rejects a wrong token',
  async (name) => {
    const port = await freePort();
    const program = startProgram('node', [take(`recipes/${name}.ts`)], {
      env: { PLURALKIT_SIGNING_TOKEN: 'right', PORT: String(port) },
      detached: true,
    });
    await program.waitFor(/listening/);
    const post = (signing_token: string) =>
      fetch(`http://127.0.0.1:${port}/pluralkit`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(createTestEvent('UPDATE_MEMBER', { signing_token })),
      });
    expect([(await post('wrong')).status, (await post('right')).status]).toEqual([401, 200]);
    await program.waitFor(/changed \S+/);
    await program.interrupt();
  },
);

test('the receiver in a Worker takes an event and rejects a wrong token', async () => {
  const { default: worker } = await import(take('recipes/worker.ts'));
  const works: Promise<unknown>[] = [];
  const context = { waitUntil: (work: Promise<unknown>) => works.push(work) };
  const post = (signing_token: string) =>
    worker.fetch(
      new Request('https://example.com/', {
        method: 'POST',
        body: JSON.stringify(createTestEvent('PING', { signing_token })),
      }),
      { PLURALKIT_SIGNING_TOKEN: 'right' },
      context,
    );
  expect([(await post('wrong')).status, (await post('right')).status]).toEqual([401, 200]);
  await Promise.all(works);
});

test('the log bot posts who is fronting, and mentions nobody', async () => {
  sandbox.reset();
  const posted: string[] = [];
  const discord = await startServer(async (request, response) => {
    posted.push(await text(request));
    response.writeHead(204).end();
  }, {});
  onTestFinished(() => discord.close());
  const port = await freePort();
  const program = startProgram('node', [take('recipes/discord-log-bot.ts')], {
    ...environment({
      DISCORD_WEBHOOK_URL: discord.url,
      PLURALKIT_SIGNING_TOKEN: 'right',
      PORT: String(port),
    }),
    detached: true,
  });
  await program.waitFor(/listening/);
  const event = createTestEvent('CREATE_SWITCH', { signing_token: 'right' });
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    body: JSON.stringify(event),
  });
  expect(response.status).toBe(200);
  await expect.poll(() => posted.length).toBe(1);
  expect(JSON.parse(posted[0] ?? '')).toMatchObject({
    content: expect.stringMatching(/^Fronting: Marina/),
    allowed_mentions: { parse: [] },
  });
  await program.interrupt();
});

browserTest('the fronting widget can be edited and run in its page', async () => {
  take('recipes/fronting-widget.js');
  const { page, errors } = await openTryIt('widget.html');
  await page.getByText(/^Fronting: Marina/).waitFor();
  await page.getByRole('checkbox', { name: 'Cedric' }).check();
  await page.getByRole('checkbox', { name: 'Marina' }).uncheck();
  await page.getByRole('button', { name: 'Switch' }).click();
  await page.getByText(/^Fronting: .*Cedric/).waitFor();

  const source = page.getByLabel('Its source');
  await source.fill((await source.inputValue()).replace('Fronting: $', 'In front: $'));
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText(/^In front: Marina/).waitFor();
  await source.fill('throw new Error("my fault")');
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText('Error: my fault').waitFor();
  await page.getByRole('button', { name: 'Back to the original' }).click();
  await page.getByText(/^Fronting: Marina/).waitFor();
  expect(errors).toEqual([]);
});

test('every recipe is run', () => {
  const recipes = exampleFiles().filter((file) => file.startsWith('recipes/'));
  expect(recipes.filter((file) => !taken.has(file))).toEqual([]);
});
