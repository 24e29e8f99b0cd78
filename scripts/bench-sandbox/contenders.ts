import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectDirectory } from '../lib/program.ts';
import { toolFile } from '../lib/tools.ts';

/** A server that responds as the API does, in a process of its own. */
export interface Contender {
  readonly name: string;
  /** Of the paths. */
  readonly base: '' | '/v2';
  /** What Node is to run, on a document that not all of them read. */
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

function command(file: string): Contender {
  return {
    name: `sandbox (${file})`,
    base: '/v2',
    command: (_, port) => [join(projectDirectory, file), 'sandbox', `--port=${port}`, '--quiet'],
  };
}

/** What the others are measured by. */
export const baseline: Contender = prismSilent;

/** What is put under load. */
export const loaded: readonly Contender[] = [
  {
    name: 'sandbox',
    base: '/v2',
    command: (_, port) => [besideThis('sandbox-server.ts'), String(port)],
  },
  prismSilent,
  prismDefault,
  scalar,
];

/** What is started: the sandbox by its command, also as it is built, where it has been. */
export const started: readonly Contender[] = [
  ...['src/cli.ts', 'dist/cli.js'].filter((file) => existsSync(join(projectDirectory, file))).map(command),
  prismSilent,
  prismDefault,
  scalar,
];
