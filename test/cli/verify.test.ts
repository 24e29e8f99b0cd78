import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { run, start } from './support.ts';

async function serve(change: (response: Response) => Response | Promise<Response> = (response) => response) {
  const sandbox = createSandbox({ rateLimits: 'server' });
  const fetch = async (...request: Parameters<typeof sandbox.fetch>) =>
    change(await sandbox.fetch(...request));
  const server = await listen({ fetch }, { port: 0 });
  onTestFinished(() => server.close());
  const environment = { PLURALKIT_URL: `${server.url}/v2`, PLURALKIT_TOKEN: sandbox.tokens.harbor };
  return { sandbox, environment };
}

test('a server that is as the document says ends with exit code 0, and the report has no token or value', async () => {
  const { environment } = await serve();
  const { code, output, errors } = await run(['verify'], environment);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toContain('No difference');
  expect(output).toMatch(/skipped: no guild_id is known/);
  for (const secret of [environment.PLURALKIT_TOKEN ?? '', 'Harbour', 'marina']) {
    expect(output).not.toContain(secret);
  }
});

test('a server that differs ends with exit code 1, and the report is JSON where it is asked for', async () => {
  const { environment } = await serve((response) => {
    response.headers.delete('X-PluralKit-Version');
    return response;
  });
  const { code, output } = await run(['verify', '--json'], environment);
  expect(code).toBe(1);
  const report = JSON.parse(output);
  expect(report).toMatchObject({ version: null, commit: expect.any(String) });
  expect(report.operations[0]).toMatchObject({
    operation: 'getSystem',
    differences: [{ kind: 'missing', place: 'header X-PluralKit-Version' }],
  });
});

test('without a token only what is public is read, of the system that is named', async () => {
  const { environment } = await serve();
  const { code, output } = await run(['verify', '--system', 'harbor'], {
    ...environment,
    PLURALKIT_TOKEN: '',
  });
  expect(code).toBe(0);
  expect(output).not.toContain('owner');
});

test.each([
  [{ PLURALKIT_TOKEN: 'wrong' }, /does not know the token/],
  [{ PLURALKIT_TOKEN: '' }, /--system/],
  [{ PLURALKIT_URL: 'http://127.0.0.1:9/v2' }, /Is PLURALKIT_URL right/],
])('the environment %j is an error that says what to do', async (changed, message) => {
  const { environment } = await serve();
  const { code, errors } = await run(['verify'], { ...environment, ...changed });
  expect(code).toBe(1);
  expect(errors).toMatch(message);
});

test.each(['verify', 'export'])(
  'the command %s asks whether an address ends in its version',
  async (command) => {
    const { environment } = await serve();
    const { origin } = new URL(environment.PLURALKIT_URL);
    const { code, output, errors } = await run([command], { ...environment, PLURALKIT_URL: origin });
    expect([code, output]).toEqual([1, '']);
    expect(errors).toContain('Does PLURALKIT_URL end in `/v2`?');
  },
);

test.each([
  [
    { PLURALKIT_TOKEN: 'pk;token abc' },
    'PLURALKIT_TOKEN must be a token or API key, not empty, without Bearer',
  ],
  [
    { PLURALKIT_TOKEN: 'Bearer abc' },
    'PLURALKIT_TOKEN must be a token or API key, not empty, without Bearer',
  ],
  [
    { PLURALKIT_URL: 'localhost:4011' },
    'PLURALKIT_URL must be an address such as https://api.pluralkit.me/v2',
  ],
])('the environment %j is an error of usage, in one line', async (changed, message) => {
  const { code, output, errors } = await run(['verify'], changed);
  expect([code, output]).toEqual([2, '']);
  expect(errors).toMatch(/^error [^\n]* See: pluralkit verify --help\n$/);
  expect(errors).toContain(message);
});

test('Ctrl-C ends the verification', async () => {
  const { environment, sandbox } = await serve(() => new Promise(() => {}));
  const { kill, ended } = start(['verify'], environment);
  await expect.poll(() => sandbox.requests().length).toBeGreaterThan(0);
  kill('SIGINT');
  expect(await ended).toBe(130);
});
