/**
 * The bundled documents: one object a version, each `$ref` of which names a component of its own.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ProgramError, projectDirectory } from './program.ts';
import { isObject, type Version } from './recordings.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { runTool } from './tools.ts';

export type Document = Record<string, unknown>;

export const versions: readonly Version[] = ['v2', 'v1'];

/**
 * Bundles the sources of the versions, with headers, examples and code samples in place.
 *
 * @param project - the folder that holds `redocly.yaml` and `spec`
 * @throws ProgramError where Redocly cannot bundle them
 */
export async function bundleDocuments(
  project: string = projectDirectory,
): Promise<Record<Version, Document>> {
  const directory = temporaryFolder();
  const bundle = async (version: Version) => {
    const file = join(directory, `${version}.json`);
    const config = join(project, 'redocly.yaml');
    const { status, output } = await runTool('redocly', [
      'bundle',
      version,
      `--config=${config}`,
      `--output=${file}`,
    ]);
    if (status !== 0) throw new ProgramError(`The document cannot be bundled:\n${output.trim()}`);
    return sortComponents(readDocument(file));
  };
  const bundles = [bundle('v2'), bundle('v1')] as const;
  try {
    const [v2, v1] = await Promise.all(bundles);
    return { v2, v1 };
  } finally {
    // Wait for both: one that still runs after the other has failed would write into the folder again.
    await Promise.allSettled(bundles);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Where the generated files of a version are. */
export function generatedDirectory(version: Version): string {
  return join(projectDirectory, 'generated', version);
}

/**
 * The bundled document of a version as it was last generated.
 *
 * @throws ProgramError where it has never been
 */
export function generatedDocument(version: Version): Document {
  return readDocument(join(generatedDirectory(version), 'openapi.json'));
}

function readDocument(file: string): Document {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ProgramError(`There is no ${file}: run \`npm run generate\`.`, { cause: error });
  }
  const document: unknown = JSON.parse(text);
  if (!isObject(document)) throw new ProgramError(`${file} holds no document.`);
  return document;
}

/** A node, or the component that its `$ref` names. An empty object for everything else. */
export function resolveReference(document: Document, node: unknown): Record<string, unknown> {
  if (!isObject(node)) return {};
  if (typeof node.$ref !== 'string') return node;
  const target = node.$ref
    .replace(/^#\//, '')
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((parent, key) => (isObject(parent) ? parent[key] : undefined), document);
  return resolveReference(document, target);
}

/** The name of the component that a node refers to. */
export function componentName(node: unknown): string | undefined {
  return isObject(node) && typeof node.$ref === 'string' ? node.$ref.split('/').at(-1) : undefined;
}

/** Redocly bundles components in the order of use; sorted by name, they are easy to find and diffs stay small. */
export function sortComponents(document: Document): Document {
  const { components, ...rest } = document;
  if (!isObject(components)) return document;
  const sections = Object.entries(components).map(([section, entries]) => [
    section,
    isObject(entries) ? Object.fromEntries(Object.entries(entries).sort(byKey)) : entries,
  ]);
  return { ...rest, components: Object.fromEntries(sections.sort(byKey)) };
}

function byKey(one: readonly unknown[], other: readonly unknown[]): number {
  return String(one[0]) < String(other[0]) ? -1 : 1;
}
