import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectDirectory } from '../../scripts/lib/program.ts';

/** A program that runs JavaScript. */
export interface RuntimeProgram {
  readonly name: string;
  /** Null where there is none that runs on this machine. */
  readonly path: string | null;
  /** @param hosts - what it may talk to, where it asks for that */
  readonly args: (hosts: readonly string[]) => readonly string[];
}

const require = createRequire(import.meta.url);

/** No proxies for this machine, and no calls home. */
const env = {
  ...process.env,
  ...{ NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', NO_COLOR: '1' },
  ...{ DO_NOT_TRACK: '1', DENO_NO_UPDATE_CHECK: '1', DENO_DIR: join(projectDirectory, '.cache/deno') },
};

export const programs: readonly RuntimeProgram[] = [
  { name: 'Node', path: process.execPath, args: () => ['--input-type=module', '-'] },
  {
    name: 'Bun',
    path: findProgram(require.resolve('bun/package.json'), ['bin/bun.exe', 'bin/bun']),
    // It would follow the `paths` of tsconfig.json to the sources instead of the package.
    args: () => ['run', '--tsconfig-override=package.json', '--no-install', '--no-env-file', '-'],
  },
  {
    name: 'Deno',
    path: findProgram(require.resolve('deno/package.json'), ['deno', 'deno.exe']),
    // What is not allowed fails: reading files, the environment, other hosts.
    args: (hosts) => [
      ...['run', '--quiet', '--no-prompt', '--no-lock', '--cached-only'],
      ...(hosts.length > 0 ? [`--allow-net=${hosts.join(',')}`] : []),
      '-',
    ],
  },
];

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
 * Finds the program of a package that brings one for each platform. Its install script, which not every npm runs, would
 * move the program out of the platform's package into its own.
 *
 * @param manifest - the package.json of the package
 * @param files - where the program may be, in either package
 */
function findProgram(manifest: string, files: readonly string[]): string | null {
  const { optionalDependencies }: { optionalDependencies: object } = require(manifest);
  const platforms = Object.keys(optionalDependencies).flatMap(folderOf);
  const candidates = [dirname(manifest), ...platforms].flatMap((folder) =>
    files.map((file) => join(folder, file)),
  );
  return candidates.find((file) => spawnSync(file, ['--version'], { env }).status === 0) ?? null;
}

function folderOf(name: string): string[] {
  try {
    return [dirname(require.resolve(`${name}/package.json`))];
  } catch {
    return [];
  }
}
