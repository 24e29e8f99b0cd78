import { expect, test, vi } from 'vitest';
import { descendantsOf, isRunning } from '../support/processes.ts';
import { allowForPrograms, runScript, startScript } from './project.ts';

allowForPrograms();

const everyRow = {
  'Start to first response': ['sandbox (src/cli.ts)', 'Prism, silent', 'Prism', 'Scalar'],
  'one member': ['sandbox', 'Prism, silent', 'Prism', 'Scalar'],
  'list of 100 members': ['sandbox', 'Prism, silent', 'Prism', 'Scalar'],
  'history of 100 switches': ['sandbox', 'Prism, silent', 'Prism', 'Scalar'],
  'PATCH of a member': ['sandbox', 'Prism, silent', 'Prism', 'Scalar'],
  Memory: ['sandbox', 'Prism, silent', 'Prism', 'Scalar'],
  'Within a process': ['one member', 'list of 100 members', 'history of 100 switches', 'PATCH of a member'],
  'The sandbox itself': ['reset after a change', 'make up the world and open a sandbox with it'],
};

test('the benchmark of the sandbox measures everything, and each thing of everybody', async () => {
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
    const found = rows.map((row) => row.split(/ {3,}/));
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
