/**
 * Programs in Python, each in an environment of its own, for tests with tools of other languages.
 */
import { join } from 'node:path';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { installOnce } from './install-once.ts';
import { resultOf, startProgram } from './processes.ts';
import { testWith } from './test-with.ts';

/** Whether this machine has Python with `venv`. */
async function hasPython(): Promise<boolean> {
  try {
    return (await resultOf(startProgram('python3', ['-m', 'venv', '--help']))).code === 0;
  } catch {
    return false;
  }
}

export const pythonTest = testWith(
  await hasPython(),
  'Python',
  'no `python3` with `venv` found (install both)',
);

/**
 * Installs packages with pip into a folder of the cache, once for each set of versions.
 *
 * @param requirements - with exact versions: `openapi-python-client==0.29.1`
 * @returns the folder with the environment's programs, `python` among them
 * @throws Error where pip fails
 */
export async function pythonEnvironment(...requirements: string[]): Promise<string> {
  const directory = join(
    projectDirectory,
    '.cache/python',
    requirements.join(',').replace(/[^\w.,-]+/g, '-'),
  );
  const programs = join(directory, 'bin');
  await installOnce(directory, requirements.join('\n'), async () => {
    await run('python3', ['-m', 'venv', directory]);
    await run(join(programs, 'python'), ['-m', 'pip', 'install', '--quiet', ...requirements]);
  });
  return programs;
}

/**
 * A Python interpreter that can import a package: the machine's own where that has it in any version, else one of the cache.
 *
 * @param requirement - with an exact version: `requests==2.32.5`
 */
export async function pythonWith(requirement: string): Promise<string> {
  const [name = ''] = requirement.split('==');
  const { code } = await resultOf(startProgram('python3', ['-c', `import ${name}`]));
  return code === 0 ? 'python3' : join(await pythonEnvironment(requirement), 'python');
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { code, errors } = await resultOf(startProgram(command, args));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`);
}
