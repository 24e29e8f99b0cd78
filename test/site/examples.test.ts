import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createTestEvent } from '../../src/webhooks/index.ts';
import { blocksOf } from '../readme/blocks.ts';
import { browserTest } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { runProgram, startProgram } from '../support/processes.ts';
import { pythonTest } from '../support/python.ts';
import { startRedis } from '../support/redis.ts';
import { redisTest } from '../support/redis-test.ts';
import { example, exampleFiles, openExamples } from './examples.ts';

const { sandbox, server, taken, take, environment, outputOf } = await openExamples();
afterAll(() => server.close());

describe('the guides have a program that runs:', () => {
  test('a first call', async () => {
    expect(await outputOf('first-call.ts')).toBe('The Harbour\n');
  });

  test('writing', async () => {
    expect(await outputOf('writing.ts')).toBe("Juniper they/them\n[ 'Juniper' ]\ndeleted\n");
  });

  test('many users, of whom one without a known token does not stop the others', async () => {
    const { harbor = '', relays = '' } = sandbox.tokens;
    const output = await outputOf('many-users.ts', { PLURALKIT_TOKENS: `${harbor},wrong,${relays}` });
    expect(output).toBe(
      'The Harbour: Marina 🌊, The Archivist\nuser 2 has to link the system again\nRelay Station: Signal\n',
    );
  });

  test('changes of many members, which are not sent again', async () => {
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

  test('a world by hand', async () => {
    const file = take('testing/world.json');
    const { code, output } = await runProgram('node', ['dist/cli.js', 'world', 'check', file], {
      cwd: projectDirectory,
    });
    expect([code, output]).toEqual([0, `${file}: systems 1, members 2, messages 1\n`]);
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
    ...environment({ PLURALKIT_SIGNING_TOKEN: 'right', PORT: `${port}` }),
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

/** The one that vitest runs itself, and the one of the long test of Jest. */
const runElsewhere = ['testing/vitest.test.ts', 'testing/jest.test.js'];

test('every example is run', () => {
  const inReadme = blocksOf(readFileSync(join(projectDirectory, 'README.md'), 'utf8')).map(
    ({ code }) => code,
  );
  const isRun = (file: string) =>
    taken.has(file) || runElsewhere.includes(file) || inReadme.includes(readFileSync(example(file), 'utf8'));
  // Those have tests of their own.
  const files = exampleFiles().filter((file) => !file.startsWith('recipes/'));
  expect(files.filter((file) => !isRun(file))).toEqual([]);
});
