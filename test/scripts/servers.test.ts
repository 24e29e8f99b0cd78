import { createServer } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { availablePort } from '../../scripts/lib/servers.ts';
import { receive } from '../sandbox/node/receiver.ts';
import { descendantsOf, isRunning, startProgram } from '../support/processes.ts';
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

test('npm start ends with all that it has started where nobody reads its output any more', async () => {
  const { pid, ended, waitFor, hangUp, errors } = startScript('start', ['--port', '0', '--mock-port', '0']);
  await waitFor(/The document: bundled/);
  await vi.waitFor(() => expect(descendantsOf(pid).length).toBeGreaterThan(1), { timeout: 60_000 });
  const processes = descendantsOf(pid);
  hangUp();
  expect([await ended, errors()]).toEqual([3, '']);
  await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), { timeout: 10_000 });
});

/** Starts `npm run`, whose programs are ended with the test at the latest. */
function startWithNpm(...words: readonly string[]) {
  const program = startProgram('npm', ['run', ...words], { cwd: projectDirectory });
  let processes: readonly number[] = [];
  onTestFinished(() => {
    const started = [...processes, ...descendantsOf(program.pid)];
    for (const pid of started.filter(isRunning)) process.kill(pid, 'SIGKILL');
  });
  /** Ends npm, which passes the signal to its shell alone. */
  const end = async () => {
    processes = descendantsOf(program.pid);
    program.kill('SIGTERM');
    await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), { timeout: 10_000 });
  };
  return { ...program, end };
}

test('npm run sandbox ends with npm', async () => {
  const { waitFor, end } = startWithNpm('sandbox', '--', '--port=0');
  await waitFor(/Ctrl-C stops it/);
  await end();
});

test('npm start --deliver posts webhook events to this machine', async () => {
  const { url: webhook, received } = await receive();
  const options = ['--port', '0', '--mock-port', '0', '--deliver'];
  const { kill, ended, waitFor } = startScript('start', options);
  const [, url = ''] = await waitFor(/Sandbox\s+(http:\S+)\/v2/);
  const systems = [{ name: 'Ann', token: 'made-up', webhook: { url: webhook } }];
  await fetch(`${url}/_sandbox/world`, { method: 'PUT', body: JSON.stringify({ systems }) });
  const headers = { Authorization: 'made-up', 'Content-Type': 'application/json' };
  const body = JSON.stringify({ tag: 'new' });
  await fetch(`${url}/v2/systems/@me`, { method: 'PATCH', headers, body });
  await vi.waitFor(() => expect(received).toMatchObject([{ type: 'UPDATE_SYSTEM', data: { tag: 'new' } }]), {
    timeout: 10_000,
  });
  kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('npm run mock serves version 1 too, and ends with npm', async () => {
  const { waitFor, end } = startWithNpm('mock', '--', '--v1', '--port=0');
  const [, tried = ''] = await waitFor(/curl (http:\S+)/);
  const response = await fetch(tried);
  expect(response.status).toBe(200);
  expect(await response.json()).toHaveProperty('id');
  await end();
});

/** Listens on a free port until the test has ended. */
async function takePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('npm start names all ports that are taken at once', async () => {
  const [port, mockPort] = [await takePort(), await takePort()];
  const { code, errors } = await runScript('start', ['--port', `${port}`, '--mock-port', `${mockPort}`]);
  expect(code).toBe(1);
  expect(errors).toMatch(
    new RegExp(`^error Port ${port} .* --port 0 .*\\nPort ${mockPort} .* --mock-port 0 .*\\n$`),
  );
});

test.each([
  ['start', ['--port', '0', '--mock-port'], '--mock-port 0'],
  ['mock', ['--port'], '--port 0'],
  ['sandbox', ['--port'], '--port 0'],
])('%s names a port that is taken, and what to do', async (name, options, advice) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const { code, errors } = await runScript(name, [...options, String(taken)]);
  expect(code).toBe(1);
  expect(errors).toBe(
    `error Port ${taken} is taken by another program, maybe by another sandbox (\`lsof -i :${taken}\` names it). Stop that one, or choose another port: ${advice} takes any that is free.\n`,
  );
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
