import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { generatedDocument, versions } from '../../scripts/lib/document.ts';
import { operationsOf } from '../../scripts/lib/matcher.ts';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import { availablePort, startMock } from '../../scripts/lib/servers.ts';
import { allowForPrograms } from './project.ts';

allowForPrograms();

const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
afterAll(() => rmSync(directory, { recursive: true }));

interface Sample {
  readonly operationId: string;
  readonly definition: Record<string, unknown>;
  readonly curl: string;
  readonly typescript: string;
}

function samplesOf(version: (typeof versions)[number]): Sample[] {
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
  const mock = await startMock(version, await availablePort(0));
  try {
    for (const { operationId, definition, curl } of samples) {
      const words = shellArguments(curl, { PLURALKIT_URL: mock.url, PLURALKIT_TOKEN: 'token' });
      const request = requestOf(words);
      expect(new URL(request.url).origin, operationId).toBe(new URL(mock.url).origin);
      expect(request.headers.get('User-Agent'), operationId).toMatch(/.+@.+/);
      const answer = await fetch(request);
      const [success] = Object.keys(isObject(definition.responses) ? definition.responses : {});
      expect(answer.status, `${operationId}: ${await answer.text()}`).toBe(Number(success));
      expect(answer.headers.get('sl-violations'), operationId).toBeNull();
    }
  } finally {
    await mock.stop();
  }
});

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
