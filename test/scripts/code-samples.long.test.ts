import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import {
  type Document,
  generatedDirectory,
  generatedDocument,
  resolveReference,
  versions,
} from '../../scripts/lib/document.ts';
import { operationsOf } from '../../scripts/lib/matcher.ts';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { isObject, type Version } from '../../scripts/lib/recordings.ts';
import { availablePort, type RunningServer, startMock } from '../../scripts/lib/servers.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { runProgram } from '../support/processes.ts';
import { pythonTest, pythonWith } from '../support/python.ts';
import { allowForPrograms } from './project.ts';

allowForPrograms();

const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
const mocks = new Map<Version, Promise<RunningServer>>();
afterAll(async () => {
  rmSync(directory, { recursive: true });
  for (const mock of mocks.values()) await (await mock).stop();
});

/** One mock of each version for all tests. */
function mockOf(version: Version): Promise<RunningServer> {
  const mock = mocks.get(version) ?? availablePort(0).then((port) => startMock(version, port));
  mocks.set(version, mock);
  return mock;
}

interface Sample {
  readonly operationId: string;
  readonly definition: Record<string, unknown>;
  readonly curl: string;
  readonly typescript: string;
}

function samplesOf(version: Version): Sample[] {
  return operationsOf(generatedDocument(version)).map(({ operationId, definition }) => {
    const samples: unknown = definition['x-codeSamples'];
    const sourceOf = (label: string) => {
      const found: unknown = Array.isArray(samples) ? samples.find((one) => one.label === label) : undefined;
      return isObject(found) ? String(found.source) : '';
    };
    return { operationId, definition, curl: sourceOf('curl'), typescript: sourceOf('TypeScript') };
  });
}

/** What a shell makes of a command, by a `curl` that only tells what it was given: any machine has a shell. */
function shellArguments(command: string, environment: Record<string, string>): string[] {
  const shim = join(directory, 'curl');
  writeFileSync(shim, '#!/bin/sh\nprintf \'%s\\0\' "$@"\n');
  chmodSync(shim, 0o755);
  const output = execFileSync('/bin/sh', ['-c', command], {
    encoding: 'utf8',
    env: { PATH: `${directory}:${process.env.PATH}`, ...environment },
  });
  return output.split('\0').slice(0, -1);
}

/** The request that curl sends with these arguments. */
function requestOf([...words]: string[]): Request {
  const headers = new Headers();
  let method = 'GET';
  let body: string | null = null;
  let url = '';
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-X') method = words.shift() ?? '';
    else if (word === '-d') body = words.shift() ?? '';
    else if (word === '-H') {
      const [name = '', value = ''] = (words.shift() ?? '').split(/: (.*)/s);
      headers.set(name, value);
    } else url = word;
  }
  return new Request(url, { method, headers, body });
}

test.each(versions)('the mock of %s takes every curl sample', async (version) => {
  const samples = samplesOf(version);
  expect(samples.length).toBeGreaterThan(10);
  const mock = await mockOf(version);
  for (const { operationId, definition, curl } of samples) {
    const words = shellArguments(curl, { PLURALKIT_URL: mock.url, PLURALKIT_TOKEN: 'token' });
    const request = requestOf(words);
    expect(new URL(request.url).origin, operationId).toBe(new URL(mock.url).origin);
    expect(request.headers.get('User-Agent'), operationId).toMatch(/.+@.+/);
    const response = await fetch(request);
    expect(response.status, `${operationId}: ${await response.text()}`).toBe(Number(successOf(definition)));
    expect(response.headers.get('sl-violations'), operationId).toBeNull();
  }
});

test('the sandbox takes every curl sample of version 2', async () => {
  const sandbox = createSandbox();
  const { harbor = '' } = sandbox.tokens;
  for (const { operationId, definition, curl } of samplesOf('v2')) {
    sandbox.reset();
    const environment = { PLURALKIT_URL: 'http://sandbox/v2', PLURALKIT_TOKEN: harbor };
    const response = await sandbox.fetch(requestOf(shellArguments(curl, environment)));
    expect(String(response.status), operationId).toBe(successOf(definition));
  }
});

pythonTest.each(versions)('every Python sample of %s runs', async (version) => {
  const interpreter = await pythonWith('requests==2.32.5');
  const sandbox = createSandbox();
  const server = await listen(sandbox);
  // The server responds with 410 to version 1.
  const url = version === 'v2' ? `${server.url}/v2` : (await mockOf(version)).url;
  const env = { PLURALKIT_URL: url, PLURALKIT_TOKEN: sandbox.tokens.harbor };
  const file = join(generatedDirectory(version), 'openapi.json');
  const document = generatedDocument(version);
  const program = join(import.meta.dirname, 'samples.py');
  const { output, errors } = await runProgram(interpreter, [program, file], { env });
  await server.close();
  expect(errors).toBe('');
  // A response that has a body is printed.
  const expected = operationsOf(document).map(({ operationId, definition }) => [
    operationId,
    hasBody(document, definition) ? expect.stringMatching(/^[[{]/) : '',
  ]);
  expect(JSON.parse(output)).toEqual(Object.fromEntries(expected));
});

/** The first status that is documented: a success. */
function successOf(definition: Record<string, unknown>): string | undefined {
  return Object.keys(Object(definition.responses))[0];
}

function hasBody(document: Document, { responses }: Record<string, unknown>): boolean {
  return Object.entries(Object(responses)).some(
    ([status, response]) => status.startsWith('2') && 'content' in resolveReference(document, response),
  );
}

test('every TypeScript sample compiles', () => {
  const folder = join(projectDirectory, '.cache/samples');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = versions.flatMap((version) =>
    samplesOf(version).map(({ operationId, typescript }) => {
      const file = join(folder, `${version}-${operationId}.ts`);
      writeFileSync(file, `${typescript}\nexport {};\n`);
      return file;
    }),
  );
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    types: ['node'],
    paths: {
      'pluralkit-openapi': [join(projectDirectory, 'src/index.ts')],
      'pluralkit-openapi/v1': [join(projectDirectory, 'src/v1.ts')],
    },
  });
  // What the samples import is checked where it stands.
  const errors = files
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  expect(errors).toEqual([]);
});
