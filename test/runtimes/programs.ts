import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { resultOf, startProgram } from '../support/processes.ts';

/** A program that runs JavaScript. */
export interface RuntimeProgram {
  readonly name: string;
  /** Null where there is none that runs on this machine. */
  readonly path: string | null;
  /** @param hosts - what it may talk to, where it asks for that */
  readonly args: (hosts: readonly string[]) => readonly string[];
}

/** No proxies for this machine, and no calls home. */
const env = {
  ...process.env,
  ...{ NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', NO_COLOR: '1' },
  ...{ DO_NOT_TRACK: '1', DENO_NO_UPDATE_CHECK: '1', DENO_DIR: join(projectDirectory, '.cache/deno') },
};

/** Bun and Deno weigh 95 MB each, so that only the long tests install them. */
const packages = { bun: '1.4.5', deno: '2.9.5' };
const installed = process.env.THOROUGH === undefined ? null : await install();

/** Node, and in the long tests Bun and Deno. */
export const programs: readonly RuntimeProgram[] = [
  { name: 'Node', path: process.execPath, args: () => ['--input-type=module', '-'] },
  ...(installed === null ? [] : [bun(installed), deno(installed)]),
];

function bun(directory: string): RuntimeProgram {
  return {
    name: 'Bun',
    path: findProgram(directory, 'bun', ['bin/bun.exe', 'bin/bun']),
    // It would follow the `paths` of tsconfig.json to the sources instead of the package.
    args: () => ['run', '--tsconfig-override=package.json', '--no-install', '--no-env-file', '-'],
  };
}

function deno(directory: string): RuntimeProgram {
  return {
    name: 'Deno',
    path: findProgram(directory, 'deno', ['deno', 'deno.exe']),
    // What is not allowed fails: reading files, the environment, other hosts.
    args: (hosts) => [
      ...['run', '--quiet', '--no-prompt', '--no-lock', '--cached-only'],
      ...(hosts.length > 0 ? [`--allow-net=${hosts.join(',')}`] : []),
      '-',
    ],
  };
}

/** Installs Bun and Deno into a folder of the cache, once for each set of versions. */
async function install(): Promise<string> {
  const names = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  const directory = join(projectDirectory, '.cache/runtimes', names.join(','));
  if (existsSync(join(directory, 'node_modules/.package-lock.json'))) return directory;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{"private":true}');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
  const { code, errors } = await resultOf(
    startProgram('npm', ['install', ...options, ...names], { cwd: directory }),
  );
  if (code !== 0) throw new Error(`Bun and Deno cannot be installed: ${errors}`);
  return directory;
}

/**
 * Runs a module's `run` in a program.
 *
 * @param settings - what `run` is given, as JSON
 * @returns what came of it, as JSON
 */
export async function runModule(
  { name, path, args }: RuntimeProgram,
  module: URL,
  settings: Readonly<Record<string, string>>,
  hosts: readonly string[],
): Promise<unknown> {
  if (path === null) throw new Error(`${name} is not there: ${whyNot(name)}`);
  const child = spawn(path, args(hosts), { cwd: projectDirectory, env });
  child.stdin.on('error', () => {}); // It has ended before it read all: its complaints tell why.
  child.stdin.end(
    `import { run } from ${JSON.stringify(module)};
    console.log(JSON.stringify(await run(${JSON.stringify(settings)})));`,
  );
  const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  try {
    return JSON.parse(output);
  } catch {
    throw new Error(`${name} has printed no result:\n${output}\n${complaints}`);
  }
}

/** Why a program is not there, for people. */
export function whyNot(name: string): string {
  return `the package ${name.toLowerCase()} has brought no program that runs on ${process.platform} ${process.arch}`;
}

/**
 * Finds the program of a package that brings one for each platform. Its install script, which is not run, would move the
 * program out of the platform's package into its own.
 *
 * @param files - where the program may be, in either package
 */
function findProgram(directory: string, name: string, files: readonly string[]): string | null {
  const { resolve } = createRequire(join(directory, 'package.json'));
  const folderOf = (id: string): string[] => {
    try {
      return [dirname(resolve(`${id}/package.json`))];
    } catch {
      return [];
    }
  };
  const [own = ''] = folderOf(name);
  const manifest: { optionalDependencies: object } = JSON.parse(
    readFileSync(join(own, 'package.json'), 'utf8'),
  );
  const folders = [own, ...Object.keys(manifest.optionalDependencies).flatMap(folderOf)];
  const candidates = folders.flatMap((folder) => files.map((file) => join(folder, file)));
  return candidates.find((file) => spawnSync(file, ['--version'], { env }).status === 0) ?? null;
}
