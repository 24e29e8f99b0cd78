/**
 * What is kept of the last release, to detect what breaks for its users: its document, the names that its modules
 * export, and its examples as programs.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProgramError } from '../lib/program.ts';

/** What is kept of a release. */
export interface LastRelease {
  readonly version: string;
  /** Absolute. */
  readonly directory: string;
  readonly document: object;
  /** Names by module: `{ ".": ["PluralKit"] }`. */
  readonly exportedNames: Readonly<Record<string, readonly string[]>>;
}

/** @throws ProgramError where there is not exactly one */
export function readLastRelease(project: string): LastRelease {
  const directory = join(project, 'test/releases');
  const versions = readdirSync(directory).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
  const [version, other] = versions;
  if (version === undefined || other !== undefined)
    throw new ProgramError(`test/releases should hold one release, and holds ${versions.length}.`);
  const read = (name: string) => JSON.parse(readFileSync(join(directory, version, name), 'utf8'));
  return {
    version,
    directory: join(directory, version),
    document: read('openapi.json'),
    exportedNames: read('exports.json'),
  };
}

/** Keeps what is built now as the last release, in the place of the one before. */
export async function keepRelease(project: string, version: string): Promise<void> {
  const releases = join(project, 'test/releases');
  for (const name of readdirSync(releases)) {
    if (/^\d/.test(name)) rmSync(join(releases, name), { recursive: true });
  }
  const directory = join(releases, version);
  mkdirSync(directory);
  // In one line, as it is not meant to be read.
  const document: unknown = JSON.parse(readFileSync(join(project, 'generated/v2/openapi.json'), 'utf8'));
  writeFileSync(join(directory, 'openapi.json'), `${JSON.stringify(document)}\n`);
  const names = await exportedNames(project);
  writeFileSync(join(directory, 'exports.json'), `${JSON.stringify(names, null, 2)}\n`);
  cpSync(join(project, 'examples'), join(directory, 'programs'), {
    recursive: true,
    // Vitest would run a test in this folder.
    filter: (file) => !/\.(py|js)$|\.test\.ts$/.test(file),
  });
}

/** The names that each module of the build exports at run time, in order. */
export async function exportedNames(project: string): Promise<Record<string, readonly string[]>> {
  const { exports }: { exports: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(project, 'package.json'), 'utf8'),
  );
  const modules = Object.entries(exports).flatMap(([name, file]) =>
    // The fixture runs only within vitest.
    typeof file === 'string' && file.endsWith('.js') && !name.endsWith('/vitest') ? [{ name, file }] : [],
  );
  const names = modules.map(async ({ name, file }) => {
    const module: object = await import(pathToFileURL(join(project, file)).href);
    return [name, Object.keys(module).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(names));
}
