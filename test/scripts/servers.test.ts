import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { availablePort } from '../../scripts/lib/servers.ts';
import { descendantsOf, isRunning } from '../support/processes.ts';
import { allowForPrograms, runScript, startScript } from './project.ts';

allowForPrograms();

test('npm start can be interrupted while it is still working', async () => {
  const { pid, kill, ended, waitFor, output } = startScript('start', ['--port', '0', '--mock-port', '0']);
  // Prism starts then, which takes a while.
  await waitFor(/The docs: rendered/);
  const processes = descendantsOf(pid);
  kill('SIGTERM');
  expect([await ended, output()]).toEqual([0, expect.not.stringContaining('✗')]);
  expect(processes.filter(isRunning)).toEqual([]);
});

test('npm run mock serves version 1 too', async () => {
  const { kill, ended, waitFor } = startScript('mock', ['--v1', '--port', '0']);
  const [, tried = ''] = await waitFor(/curl (http:\S+)/);
  const answer = await fetch(tried);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toHaveProperty('id');
  kill('SIGTERM');
  expect(await ended).toBe(0);
});

test.each(['start', 'mock', 'docs', 'generate', 'lint-document', 'lint-prose'])(
  '%s --help says how to use it',
  async (name) => {
    const { code, output } = await runScript(name, ['--help']);
    expect(code).toBe(0);
    expect(output).toMatch(/^Usage: npm (run )?\S+/m);
    expect(output).toContain('--help');
  },
);

test('an unknown option is rejected with the help', async () => {
  const { code, errors } = await runScript('mock', ['--prot', '1']);
  expect(code).toBe(2);
  expect(errors).toContain('--prot');
  expect(errors).toContain('Usage:');
});

test('an invalid port is rejected', async () => {
  const { code, errors } = await runScript('mock', ['--port', '99999']);
  expect(code).toBe(1);
  expect(errors).toContain('99999');
});

test('a port that is taken is an error that says what to do', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const { code, errors } = await runScript('start', ['--port', '0', '--mock-port', String(taken)]);
  expect(code).toBe(1);
  expect(errors).toContain(`Port ${taken} is taken`);
  expect(errors).toContain('--mock-port 0');
  await new Promise((resolve) => server.close(resolve));
  expect(await availablePort(taken)).toBe(taken);
  expect(await availablePort(0)).toBeGreaterThan(0);
});

test('npm start has the sandbox ready before it works on anything else', async () => {
  const { kill, ended, waitFor } = startScript('start', ['--port', '0', '--mock-port', '0']);
  const [, url = ''] = await waitFor(/Sandbox\s+(http:\S+)/);
  expect((await fetch(`${url}/systems/harbor`)).status).toBe(200);
  kill('SIGTERM');
  expect(await ended).toBe(0);
});
