import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { availablePort } from '../../scripts/lib/servers.ts';
import { descendantsOf, isRunning, runScript, startProgram } from './project.ts';

test('npm start serves console, docs, sandbox and mock until it is interrupted, and leaves nothing behind', async () => {
  const { child, ended, written } = startProgram('start', ['--port', '0', '--mock-port', '0']);
  const [, console = ''] = await written(/Console +(http:\S+)/);
  const [, docs = ''] = await written(/Docs +(http:\S+)/);
  const [, mock = ''] = await written(/Mock +(http:\S+)/);
  const [, asked = '', tried = ''] = await written(/curl (http:\S+)\s+curl (http:\S+)/);
  await written(/Ctrl-C/);
  expect(new URL(tried).origin).toBe(mock);

  const answer = await fetch(tried);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toHaveProperty('id');
  expect(await (await fetch(asked)).json()).toHaveProperty('id', 'harbor');
  expect(await (await fetch(console)).text()).toContain('data-docs="/docs/v2/index.html"');
  expect(await (await fetch(docs)).text()).toContain('v2/index.html');
  expect((await fetch(new URL('v2/index.html', docs))).status).toBe(200);
  expect((await fetch(new URL('../package.json', docs))).status).toBe(400);
  expect((await fetch(new URL('%2e%2e%2f%2e%2e%2fpackage.json', docs))).status).toBe(404);

  const processes = descendantsOf(child.pid ?? 0);
  expect(processes.length).toBeGreaterThan(0);
  child.kill('SIGINT');
  const { status, stdout, stderr } = await ended;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('has no faults');
  // No terminal, no colours.
  expect(stdout).not.toContain('\u001B');
  expect(processes.filter(isRunning)).toEqual([]);
  await expect(fetch(tried)).rejects.toThrow();
  await expect(fetch(docs)).rejects.toThrow();
});

test('npm start can be interrupted while it is still at work', async () => {
  const { child, ended, written } = startProgram('start', ['--port', '0', '--mock-port', '0']);
  await written(/generated\//);
  const processes = descendantsOf(child.pid ?? 0);
  child.kill('SIGTERM');
  await ended;
  expect(processes.filter(isRunning)).toEqual([]);
});

test('npm run mock serves version 1 too', async () => {
  const { child, ended, written } = startProgram('mock', ['--v1', '--port', '0']);
  const [, tried = ''] = await written(/curl (http:\S+)/);
  const answer = await fetch(tried);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toHaveProperty('id');
  child.kill('SIGTERM');
  expect((await ended).status).toBe(0);
});

test.each(['start', 'mock', 'docs', 'generate', 'examples', 'lint-document'])(
  '%s --help says how to use it',
  async (name) => {
    const { status, stdout } = await runScript(name, ['--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: npm (run )?\S+/m);
    expect(stdout).toContain('--help');
  },
);

test('an unknown option is refused with the help', async () => {
  const { status, stderr } = await runScript('mock', ['--prot', '1']);
  expect(status).toBe(2);
  expect(stderr).toContain('--prot');
  expect(stderr).toContain('Usage:');
});

test('a port that is none is refused', async () => {
  const { status, stderr } = await runScript('mock', ['--port', '99999']);
  expect(status).toBe(1);
  expect(stderr).toContain('99999');
});

test('a port that is taken is replaced by a free one', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const port = await availablePort(taken);
  expect(port).toBeGreaterThan(0);
  expect(port).not.toBe(taken);
  await new Promise((resolve) => server.close(resolve));
  expect(await availablePort(taken)).toBe(taken);
});
