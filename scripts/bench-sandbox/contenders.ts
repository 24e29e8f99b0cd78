import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectDirectory } from '../lib/program.ts';
import { toolFile } from '../lib/tools.ts';

/** A server that responds as the API does, in a process of its own. */
export interface Contender {
  readonly name: string;
  /** Of the paths. */
  readonly base: '' | '/v2';
  /** The arguments of Node. Some contenders read the document. */
  readonly command: (document: string, port: number) => readonly string[];
}

const besideThis = (name: string) => join(import.meta.dirname, name);

function prism(name: string, ...options: string[]): Contender {
  return {
    name,
    base: '',
    command: (document, port) => [
      toolFile('prism'),
      ...['mock', document, '--host=127.0.0.1', `--port=${port}`, '--multiprocess=false'],
      ...options,
    ],
  };
}

const prismSilent = prism('Prism, silent', '--verboseLevel=silent');
const prismDefault = prism('Prism');
const scalar: Contender = {
  name: 'Scalar',
  base: '',
  command: (document, port) => [besideThis('scalar-server.ts'), document, String(port)],
};

const bare: Contender = {
  name: 'bare node:http',
  base: '/v2',
  command: (_, port) => [besideThis('bare-server.ts'), String(port)],
};

function command(file: string): Contender {
  return {
    name: `sandbox (${file})`,
    base: '/v2',
    command: (_, port) => [join(projectDirectory, file), 'sandbox', `--port=${port}`, '--quiet'],
  };
}

/** The baseline. */
export const baseline: Contender = prismSilent;

export const sandbox: Contender = {
  name: 'sandbox',
  base: '/v2',
  command: (_, port) => [besideThis('sandbox-server.ts'), String(port)],
};

/** The contenders under load. */
export const loaded: readonly Contender[] = [sandbox, prismSilent, prismDefault, scalar, bare];

/** How many times as fast as another contender the sandbox must be under load. */
export const goals: readonly { readonly than: Contender; readonly ratio: number }[] = [
  { than: prismSilent, ratio: 2 },
  { than: scalar, ratio: 2 },
  { than: bare, ratio: 0.5 },
];

/** The longest time to the first response that the sandbox may take, as a share of the baseline's. */
export const startGoal = 0.1;

/** The contenders of the start: the sandbox by its command, and its build, where there is one. */
export const started: readonly Contender[] = [
  ...['src/cli.ts', 'dist/cli.js'].filter((file) => existsSync(join(projectDirectory, file))).map(command),
  prismSilent,
  prismDefault,
  scalar,
];
