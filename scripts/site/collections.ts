/**
 * Collections for Postman and Bruno, made from the document. Their converters are installed here, when they are first needed.
 */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, resolveReference } from '../lib/document.ts';
import { basePaths, operationsOf } from '../lib/matcher.ts';
import { ProgramError, projectDirectory } from '../lib/program.ts';
import { isObject } from '../lib/recordings.ts';

/** The package of the converters. */
export const convertersDirectory: string = join(projectDirectory, 'scripts/collections');

/**
 * Writes `pluralkit.postman_collection.json` and `pluralkit-bruno.zip` into a folder.
 *
 * @throws ProgramError where the converters can't be installed, or fail
 */
export async function writeCollections(document: Document, folder: string): Promise<void> {
  const installed = join(convertersDirectory, 'node_modules/.package-lock.json');
  if (modified(installed) < modified(join(convertersDirectory, 'package-lock.json'))) {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], '');
  }
  await run(process.execPath, ['convert.js', folder], JSON.stringify(collectionDocument(document)));
}

/**
 * The document as the converters understand it:
 * - servers differ in nothing but the host, since the servers of a path are ignored
 * - no deprecated parameter is sent, and what typed clients require is required
 * - no links, which become scripts that fail, no webhooks, and no tags that have no operation
 */
export function collectionDocument(document: Document): Document {
  const { webhooks, components, ...rest } = document;
  const operations = operationsOf(document);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const [basePath = ''] = basePaths(document, operation);
    const path = `${basePath}${operation.path}`;
    const parameters = operation.parameters
      .map((parameter) => resolveReference(document, parameter))
      .filter(({ deprecated }) => deprecated !== true)
      .map((parameter) =>
        parameter['x-required-by-clients'] === true ? { ...parameter, required: true } : parameter,
      );
    const { responses, ...definition } = operation.definition;
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: { ...definition, parameters, responses: withoutLinks(responses) },
    };
  }
  const used = new Set(operations.flatMap(({ definition }) => definition.tags));
  const listOf = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);
  return {
    ...rest,
    servers: listOf(document.servers).map((server) => ({
      ...server,
      url: new URL(String(server.url)).origin,
    })),
    tags: listOf(document.tags).filter(({ name }) => used.has(name)),
    paths,
    components: isObject(components)
      ? { ...components, responses: withoutLinks(components.responses), links: {} }
      : {},
  };
}

function withoutLinks(responses: unknown): Record<string, unknown> {
  const entries = Object.entries(isObject(responses) ? responses : {});
  return Object.fromEntries(
    entries.map(([name, response]) => {
      if (!isObject(response)) return [name, response];
      const { links, ...rest } = response;
      return [name, rest];
    }),
  );
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function run(program: string, parameters: readonly string[], input: string): Promise<void> {
  const child = spawn(program, parameters, { cwd: convertersDirectory });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  // A converter that ends early closes its input; its exit code tells why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new ProgramError(`The collections can't be made:\n${output.trim()}`);
}
