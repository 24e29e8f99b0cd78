import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { type RunningServer, startServer } from '../../src/sandbox/node/server.ts';
import { createTestEvent } from '../../src/webhooks/index.ts';
import { blocksOf } from '../readme/blocks.ts';
import { browserTest } from '../support/browser.ts';
import { requireFreshDist } from '../support/dist.ts';
import { freePort } from '../support/free-port.ts';
import { runProgram, startProgram } from '../support/processes.ts';
import { pythonTest } from '../support/python.ts';
import { startRedis } from '../support/redis.ts';
import { redisTest } from '../support/redis-test.ts';
import { openTryIt } from './try-it.ts';

const example = (name: string) => join(projectDirectory, 'examples', name);
/** The programs that the tests below run, the one that vitest runs itself, and the one of the long test of Jest. */
const examples = new Set(['testing/vitest.test.ts', 'testing/jest.test.js']);
const take = (name: string) => {
  examples.add(name);
  return example(name);
};

let sandbox: Sandbox;
let server: RunningServer;
const environment = (settings: NodeJS.ProcessEnv = {}) => ({
  env: {
    PLURALKIT_URL: `${server.url}/v2`,
    PLURALKIT_TOKEN: sandbox.tokens.harbor,
    ...settings,
  },
});

beforeAll(async () => {
  requireFreshDist();
  sandbox = createSandbox();
  server = await listen(sandbox);
});
afterAll(() => server.close());

async function outputOf(
  name: string,
  settings?: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<string> {
  sandbox.reset();
  const { code, output, errors } = await runProgram('node', [take(name), ...args], environment(settings));
  expect([code, errors]).toEqual([0, expect.any(String)]);
  return output;
}

describe('programs of the guides', () => {
  test('the first call', async () => {
    expect(await outputOf('first-call.ts')).toBe('The Harbour\n');
  });

  test('writing', async () => {
    expect(await outputOf('writing.ts')).toBe("Juniper they/them\n[ 'Juniper' ]\ndeleted\n");
  });

  test('many users: one whose token is not known does not stop the others', async () => {
    const { harbor = '', relays = '' } = sandbox.tokens;
    const output = await outputOf('many-users.ts', { PLURALKIT_TOKENS: `${harbor},wrong,${relays}` });
    expect(output).toBe(
      'The Harbour: Marina 🌊, The Archivist\nuser 2 has to link the system again\nRelay Station: Signal\n',
    );
  });

  test('changing many members: of those that are changed already, none is sent again', async () => {
    const open = () =>
      sandbox
        .world()
        .systems.find(({ id }) => id === 'harbor')
        ?.members?.filter(({ birthday, privacy }) => birthday && privacy?.birthday_privacy === 'public')
        .length;
    sandbox.reset();
    const before = open();
    expect(before).toBeGreaterThan(0);
    expect(await outputOf('update-many.ts')).toBe(`${before} birthdays are private now\n`);
    expect(open()).toBe(0);
  });

  test('looking up messages', async () => {
    expect(await outputOf('message-lookups.ts')).toBe(
      [
        '👍 to Marina 🌊 of The Harbour',
        '💛 to Marina 🌊 of The Harbour',
        '👀 to a message that is not proxied',
        '🎉 to a message that is not proxied',
        '8 reactions, 2 requests',
        '',
      ].join('\n'),
    );
  });

  test('other clients', async () => {
    const output = await outputOf('other-clients.ts');
    expect(output).toMatch(/^Marina 🌊 she\/her\n/);
    expect(output).toMatch(/\n5 members, 0 requests were rate limited\nTypeError: The URL must be below /);
  });

  test('a fetch of the program’s own', async () => {
    expect(await outputOf('own-fetch.ts')).toMatch(/^\d+\n$/);
  });

  test('messages of the bot', async () => {
    expect(await outputOf('testing/bot.ts')).toBe('Hello! CREATE_MESSAGE\nJuniper true\nno-match\n');
  });

  test('an export of Tupperbox', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const file = join(directory, 'tuppers.json');
    writeFileSync(
      file,
      JSON.stringify({ tuppers: [{ name: 'Juniper', brackets: ['J:', ''], group_id: 1 }] }),
    );
    expect(await outputOf('testing/real-data.ts', { EXPORT_FILE: file })).toBe(
      '1 members are new\ntuppers[].group_id: The API has no such field.\n',
    );
  });

  test('snapshots', async () => {
    expect(await outputOf('testing/snapshots.ts')).toBe('false\ntrue\n');
  });

  test('MSW', async () => {
    expect(await outputOf('testing/msw.ts')).toBe('The Harbour\n');
  });

  browserTest('Playwright', async () => {
    expect(await outputOf('testing/playwright.ts')).toBe('The Harbour\n');
  });

  test('node:test', async () => {
    const { code, output } = await runProgram(
      'node',
      ['--test', take('testing/node.test.ts')],
      environment(),
    );
    expect([code, output]).toEqual([0, expect.stringMatching(/pass 2\b/)]);
  });

  pythonTest('Python', async () => {
    const { code, errors } = await runProgram('python3', [take('testing/sandbox_test.py')], environment());
    expect([code, errors]).toEqual([0, expect.stringMatching(/Ran 2 tests/)]);
  });
});

describe('recipes', () => {
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
    const membersOf = (world: typeof before) =>
      world.systems.find(({ id }) => id === 'harbor')?.members ?? [];
    const after = membersOf(sandbox.world());
    for (const [index, member] of membersOf(before).entries()) {
      const { privacy, ...rest } = after[index] ?? {};
      expect(rest).toEqual(Object.fromEntries(Object.entries(member).filter(([key]) => key !== 'privacy')));
      expect(privacy?.pronoun_privacy).toBe(
        member.pronouns === null ? 'private' : member.privacy?.pronoun_privacy,
      );
    }
  });

  test.each(['express', 'fastify', 'hono'])('the receiver in %s', async (name) => {
    const port = await freePort();
    const program = startProgram('node', [take(`recipes/${name}.ts`)], {
      env: { SIGNING_TOKEN: 'right', PORT: String(port) },
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
  });

  test('the receiver in a Worker', async () => {
    const { default: worker } = await import(take('recipes/worker.ts'));
    const works: Promise<unknown>[] = [];
    const context = { waitUntil: (work: Promise<unknown>) => works.push(work) };
    const post = (signing_token: string) =>
      worker.fetch(
        new Request('https://example.com/', {
          method: 'POST',
          body: JSON.stringify(createTestEvent('PING', { signing_token })),
        }),
        { SIGNING_TOKEN: 'right' },
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
      ...environment({ DISCORD_WEBHOOK_URL: discord.url, SIGNING_TOKEN: 'right', PORT: String(port) }),
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

  browserTest('the fronting widget can be played with in its page', async () => {
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
});

redisTest('redis.ts shares the limits through Redis', async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.kill());
  expect(await outputOf('redis.ts', { REDIS_URL: redis.url })).toBe('20 times The Harbour\n');
});

test('backup.ts copies one system into another', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const output = await outputOf('backup.ts', {
    BACKUP_FILE: join(directory, 'system.json'),
    TARGET_TOKEN: sandbox.tokens.relays,
  });
  expect(output).toMatch(/^switches: \d+ read\n\d+ changes planned\n\d+ changes made\n$/);
  const { systems = [] } = sandbox.world();
  const relays = systems.find(({ id }) => id === 'relays');
  expect(relays?.members?.map(({ name }) => name)).toContain('Marina');
});

test('watch.ts tells who fronts', async () => {
  expect(await outputOf('watch.ts', { ONCE: '1' })).toBe('Marina, Quill\n');
});

test('watch.ts tells who fronts when an event says that it has changed', async () => {
  sandbox.reset();
  const port = await freePort();
  const program = startProgram('node', [take('watch.ts')], {
    ...environment({ SIGNING_TOKEN: 'right', PORT: `${port}` }),
    detached: true,
  });
  await program.waitFor(/Marina, Quill\n/);
  const { harbor = '' } = sandbox.tokens;
  await fetch(`${server.url}/v2/systems/@me/switches`, {
    method: 'POST',
    headers: { Authorization: harbor, 'Content-Type': 'application/json' },
    body: '{"members":["quillq"]}',
  });
  const uuid = sandbox.world().systems.find(({ id }) => id === 'harbor')?.uuid ?? '';
  const event = createTestEvent('CREATE_SWITCH', { signing_token: 'right', system_id: uuid });
  await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify(event) });
  await program.waitFor(/^Quill$/m);
  await program.interrupt();
});

test('every example is run', () => {
  const files = readdirSync(join(projectDirectory, 'examples'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
    .map((entry) => join(entry.parentPath, entry.name).slice(example('').length + 1));
  const inReadme = blocksOf(readFileSync(join(projectDirectory, 'README.md'), 'utf8')).map(
    ({ code }) => code,
  );
  const isRun = (file: string) =>
    examples.has(file) || inReadme.includes(readFileSync(example(file), 'utf8'));
  expect(files.filter((file) => !isRun(file))).toEqual([]);
});
