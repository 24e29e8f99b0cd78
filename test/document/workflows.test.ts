import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { runTool } from '../../scripts/lib/tools.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { listen } from '../../src/sandbox/node/listen.ts';

const file = 'spec/workflows/workflows.arazzo.yaml';

test('the workflows are valid Arazzo', async () => {
  const { status, output } = await runTool('redocly', ['lint', file, '--extends=recommended-strict']);
  expect(output).toContain('valid');
  expect(status).toBe(0);
}, 60_000);

describe('against the sandbox', () => {
  const sandbox = createSandbox();
  const [system] = sandbox.world().systems;
  let url: string;

  beforeAll(async () => {
    const server = await listen(sandbox, { port: 0 });
    url = server.url;
    return () => server.close();
  });

  const run = (base: string, options: readonly string[], name = 'harbor') => {
    onTestFinished(() => sandbox.reset());
    const inputs = {
      ...{ token: sandbox.tokens[name], system: name },
      ...{ system_id: system?.uuid, id: system?.members[0]?.uuid },
    };
    const given = Object.entries(inputs).map(([name, value]) => `--input=${name}=${value}`);
    return runTool('redocly', ['respect', file, `--server=pluralkit=${base}`, ...given, ...options]);
  };

  test('showWhoIsFronting, registerSwitch, backUp and followWebhookEvent pass, and leave no trace', async () => {
    const before = sandbox.world();
    const { status, output } = await run(`${url}/v2`, ['--skip=hideAllMembers']);
    expect(status, output).toBe(0);
    expect(output).toContain('4 passed, 4 total');
    expect(sandbox.world()).toEqual(before);
  }, 60_000);

  test('showWhoIsFronting and backUp pass for a system that has never switched', async () => {
    const workflows = ['--workflow=showWhoIsFronting', '--workflow=backUp'];
    const { status, output } = await run(`${url}/v2`, workflows, 'nooks');
    expect(status, output).toBe(0);
  }, 60_000);

  test('hideAllMembers passes, and hides them', async () => {
    const { status, output } = await run(url, ['--workflow=hideAllMembers']);
    expect(status, output).toBe(0);
    const hidden = sandbox.world().systems[0]?.members.map(({ privacy }) => privacy.visibility);
    expect(new Set(hidden)).toEqual(new Set(['private']));
  }, 60_000);
});
