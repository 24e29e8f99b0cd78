import { expect, test, vi } from 'vitest';
import { descendantsOf, isRunning } from '../support/processes.ts';
import { allowForPrograms, runScript, startScript } from './project.ts';

allowForPrograms();

const mocks = ['Prism, silent', 'Prism', 'Scalar'];
const servers = ['sandbox', ...mocks, 'bare node:http'];

const everyRow = {
  'Start to first response': ['sandbox (src/cli.ts)', ...mocks],
  'one member': servers,
  'list of 100 members': servers,
  'history of 100 switches': servers,
  'PATCH of a member': servers,
  Memory: servers,
  'Within a process': ['one member', 'list of 100 members', 'history of 100 switches', 'PATCH of a member'],
  'The sandbox itself': ['reset after a change', 'make up the world and open a sandbox with it'],
  'A world of 10,000 members': [
    'DELETE of a member',
    'longest pause for others while GET /_sandbox/world is sent',
    'restore of a snapshot after a change',
    'reset after 900 changes, in memory',
    'reset after 900 changes, with a database',
  ],
  'Webhook receiver': ['a token of 1 MB', '1 MB of nested lists'],
};

test('the benchmark of the sandbox measures every case of every contender', async () => {
  const { code, output, errors } = await runScript('bench-sandbox', ['--seconds', '1']);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const tables = new Map(
    output
      .trim()
      .split(/\n\n(?=\S.*\n\n)/)
      .map((table) => {
        const [title = '', , , ...rows] = table.split('\n');
        return [title, rows];
      }),
  );
  for (const [title, names] of Object.entries(everyRow)) {
    const rows = [...tables].find(([found]) => found.startsWith(title))?.[1] ?? [];
    const found = rows.map((row) => row.split(/ {3,}/)).filter((cells) => cells.length > 1);
    // The built command is measured where there is one.
    expect([title, found.map(([name]) => name).filter((name) => !name?.includes('dist/'))]).toEqual([
      title,
      names,
    ]);
    for (const value of found.flatMap(([, ...values]) => values))
      expect(value).toMatch(/^\d+(\.\d+)?( \w+)?$/);
  }
}, 240_000);

test('the benchmark of the sandbox can be interrupted, and leaves nothing behind', async () => {
  const { pid, kill, ended, errors } = startScript('bench-sandbox', ['--seconds', '30']);
  const processes = await vi.waitUntil(
    () => {
      const started = descendantsOf(pid);
      return started.length > 0 && started;
    },
    { timeout: 30_000 },
  );
  kill('SIGINT');
  expect({ code: await ended, errors: errors() }).toEqual({ code: 130, errors: '' });
  expect(processes.filter(isRunning)).toEqual([]);
});
