import { mkdirSync } from 'node:fs';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { generatedDocument } from '../../scripts/lib/document.ts';
import { matcherOf, operationsOf } from '../../scripts/lib/matcher.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { handleOf, toResponder } from '../../src/sandbox/http/faces.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { pythonEnvironment } from '../support/python.ts';
import { cache, runScript } from './shell.ts';

const document = generatedDocument('v2');
const match = matcherOf(document);
const stable = operationsOf(document).filter(({ path }) => !path.startsWith('/private/'));
/** The part of the operations that links must lead to. */
const reach = 0.9;

let programs: string;

beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  programs = await pythonEnvironment('schemathesis==4.32.0');
}, 300_000);

/** Runs Schemathesis, and gives which operations have had a response other than 404. */
async function run(options: string) {
  const sandbox = createSandbox({ seed: 1 });
  const reached = new Set<string>();
  const handle = handleOf(sandbox);
  const observed = toResponder(async (request) => {
    const response = await handle(request);
    const operation = match(request.method, request.target)?.operation;
    if (operation !== undefined && response.status !== 404) reached.add(operation.operationId);
    return response;
  });
  const server = await listen(observed, { port: 0 });
  onTestFinished(() => server.close());
  const result = await runScript(
    cache,
    `${programs}/schemathesis --config-file $SOURCES/schemathesis.toml run $DOCUMENT --url $PLURALKIT_URL -H "Authorization: $PLURALKIT_TOKEN" -H 'User-Agent: schemathesis' --seed 1 --no-color ${options}`,
    `${server.url}/v2`,
  );
  return { ...result, reached };
}

test('Schemathesis finds no fault in the sandbox or the document', async () => {
  const { passed, output } = await run('--max-examples 20');
  expect(passed, output.slice(-5000)).toBe(true);
}, 1_800_000);

test('links lead Schemathesis to 90 % of the operations', async () => {
  const { passed, output, reached } = await run('--phases stateful --max-examples 200');
  expect(passed, output.slice(-5000)).toBe(true);
  const missed = stable.filter(({ operationId }) => !reached.has(operationId));
  const parts = `${stable.length - missed.length} of ${stable.length}`;
  expect(
    1 - missed.length / stable.length,
    `${parts}; missed: ${missed.map(({ operationId }) => operationId)}`,
  ).toBeGreaterThanOrEqual(reach);
}, 1_800_000);
