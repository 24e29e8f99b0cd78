import { runProgram } from '../support/processes.ts';

/** What a tool needs of the machine. */
export interface Toolchain {
  /** As a sentence on the page names it. */
  readonly name: string;
  /** Succeeds where it is there. */
  readonly check: string;
  /** The packages of Debian that bring it. */
  readonly debian: readonly string[];
}

export const toolchains = {
  python: { name: 'Python 3.11', check: 'python3 -m venv --help', debian: ['python3-venv'] },
  java: { name: 'Java 17', check: 'java -version', debian: ['default-jdk-headless'] },
  maven: { name: 'Maven', check: 'mvn --version', debian: ['maven'] },
  go: { name: 'Go 1.26 (any from 1.21 on fetches it)', check: 'go version', debian: ['golang-go'] },
  rust: { name: 'Rust 1.85', check: 'cargo --version', debian: ['cargo'] },
  ruby: {
    name: 'Ruby with Typhoeus (`gem install typhoeus`)',
    check: 'ruby -r typhoeus -e 1',
    debian: ['ruby', 'ruby-typhoeus'],
  },
  php: {
    name: 'PHP with Guzzle',
    check: `php -r 'require "GuzzleHttp/autoload.php"; mb_strlen("");'`,
    debian: ['php-cli', 'php-mbstring', 'php-guzzlehttp-guzzle'],
  },
} as const satisfies Record<string, Toolchain>;

export type ToolchainName = keyof typeof toolchains;

const found = new Map<ToolchainName, Promise<boolean>>();

/** Whether the machine has it. */
export function isThere(name: ToolchainName): Promise<boolean> {
  const checking =
    found.get(name) ?? runProgram('bash', ['-c', toolchains[name].check]).then(({ code }) => code === 0);
  found.set(name, checking);
  return checking;
}
