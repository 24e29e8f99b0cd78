import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox, type FullWorld } from '../../src/sandbox/index.ts';
import { openSqliteStorage } from '../../src/sandbox/node/index.ts';
import { serve } from '../sandbox/node/support.ts';
import { resultOf, startProgram } from '../support/processes.ts';
import { program, run, start } from './support.ts';

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-database-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

test('a start that fails since the port is taken writes nothing', async () => {
  const { port } = await serve();
  const directory = temporaryDirectory();
  const file = join(directory, 'sandbox.db');
  expect((await run(['sandbox', '--port', String(port), '--db', file])).code).toBe(1);
  expect(readdirSync(directory)).toEqual([]);
});

test('a problem of a database is reported in one line, with its name', async () => {
  const file = join(temporaryDirectory(), 'sandbox.db');
  const storage = openSqliteStorage(file);
  createSandbox({ storage });
  storage.close();
  const database = new DatabaseSync(file);
  database.exec(
    `UPDATE start SET content = json_set(content, '$.color', 1, '$.tag', 2) WHERE kind = 'system'`,
  );
  database.close();
  const { code, output, errors } = await run(['sandbox', '--port', '0', '--db', file]);
  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(errors).toMatch(
    /^error Cannot use .*sandbox\.db: systems\[0\]\.tag must be a string \(and \d+ more problems\)\n$/,
  );
});

test.each(['member', 'group', 'switch'])(
  'a %s of a database without its system is reported in one line, with the name of the file',
  async (kind) => {
    const file = join(temporaryDirectory(), 'sandbox.db');
    const storage = openSqliteStorage(file);
    createSandbox({ storage });
    storage.close();
    const change = async (sql: string) => {
      const database = new DatabaseSync(file);
      database.exec(sql);
      database.close();
      const { code, output, errors } = await run(['sandbox', '--port', '0', '--db', file]);
      expect({ code, output }).toEqual({ code: 1, output: '' });
      return errors;
    };
    const problem = `^error Cannot use .*sandbox\\.db: ${kind} [-\\da-f]{36} `;
    const more = '( \\(and \\d+ more problems\\))?\\n$';
    expect(await change(`UPDATE start SET system = 'gone' WHERE kind = '${kind}'`)).toMatch(
      new RegExp(`${problem}has a system that is missing: gone${more}`),
    );
    expect(await change(`UPDATE start SET system = NULL WHERE kind = '${kind}'`)).toMatch(
      new RegExp(`${problem}has no system${more}`),
    );
  },
);

/** The command, in a shell that lets no file grow beyond some blocks: to the command that is a disk that is full. */
function startWithFullDisk(file: string) {
  const script = 'trap "" XFSZ; ulimit -f 400; exec "$@"';
  const command = [process.execPath, program, 'sandbox', '--port', '0', '--rate-limits', 'off', '--db', file];
  const running = startProgram('sh', ['-c', script, 'sh', ...command]);
  onTestFinished(() => running.kill('SIGKILL'));
  return running;
}

const urlPattern = /(http:\/\/127\.0\.0\.1:\d+)\/v2/;

test.runIf(process.platform !== 'win32')(
  'on a full disk, a change that gets 500 is not made, neither then nor after a restart',
  async () => {
    const file = join(temporaryDirectory(), 'sandbox.db');
    const running = startWithFullDisk(file);
    const [, url = ''] = await running.waitFor(urlPattern);
    const worldAt = async (base: string): Promise<FullWorld> =>
      (await fetch(`${base}/_sandbox/world`)).json();
    const headers = {
      Authorization: (await worldAt(url)).systems[0]?.token ?? '',
      'Content-Type': 'application/json',
    };
    let world = await worldAt(url);
    /** Makes changes until one fails. */
    const fill = async (change: (count: number) => Promise<Response>) => {
      for (let count = 0; count < 500; count += 1) {
        const { status } = await change(count);
        if (status !== 200) return status;
        world = await worldAt(url);
      }
      return undefined;
    };
    const imported = await fill((count) => {
      const body = JSON.stringify({ account: '910000000000000001', file: largeExport(count) });
      return fetch(`${url}/_sandbox/bot/import`, { method: 'POST', body });
    });
    expect([imported, await worldAt(url)]).toEqual([500, world]);
    // Less of what is left fits in, until that does not either.
    const patched = await fill((count) => {
      const body = JSON.stringify({ description: `${count} ${'x'.repeat(900)}` });
      return fetch(`${url}/v2/systems/@me`, { method: 'PATCH', headers, body });
    });
    expect([patched, await worldAt(url)]).toEqual([500, world]);
    expect(world.systems[0]?.members.length).toBeGreaterThan(20);
    running.kill('SIGTERM');
    await resultOf(running);

    const again = start(['sandbox', '--port', '0', '--db', file]);
    const [, urlAgain = ''] = await again.waitFor(urlPattern);
    expect(await worldAt(urlAgain)).toEqual(world);
  },
);

function largeExport(number: number): string {
  const members = Array.from({ length: 20 }, (_, index) => ({
    name: `Member ${number} ${index}`,
    description: 'x'.repeat(1000),
  }));
  return JSON.stringify({ version: 2, accounts: [], members, groups: [], switches: [] });
}
