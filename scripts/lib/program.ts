/**
 * What every program in this folder shares: options, help, error messages.
 */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ParseArgsOptionsConfig, styleText } from 'node:util';
import { CommandError, maximumPort, readNumber, readOptions, UsageError } from '../../src/cli/command.ts';
import { endWhereUnwritable } from '../../src/cli/output.ts';

/** A failure whose message is printed without a stack, and one of the command line, printed with the help. */
export { CommandError as ProgramError, UsageError };

/** The folder of the repository, with a slash-free end. */
export const projectDirectory: string = join(import.meta.dirname, '../..');

export interface ProgramDescription<Options extends ParseArgsOptionsConfig> {
  /** Printed for `--help`. */
  readonly help: string;
  readonly options: Options;
}

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<typeof readOptions<Options>>;

/**
 * Runs a program with its command line's options and sets the process's exit code: 1 where it throws, 2 where the
 * options are wrong. `--help` prints the help and runs nothing.
 */
export async function runProgram<const Options extends ParseArgsOptionsConfig>(
  { help, options }: ProgramDescription<Options>,
  main: (values: Values<Options>) => unknown,
): Promise<void> {
  endWhereUnwritable();
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    process.stdout.write(`${help.trim()}\n`);
    return;
  }
  try {
    await main(readOptions(process.argv.slice(2), options));
  } catch (error) {
    const isUsage = error instanceof UsageError;
    if (isUsage) printError(`${error.message}\n\n${help.trim()}`);
    else printError(describe(error));
    process.exitCode = isUsage ? 2 : 1;
  }
}

/**
 * Reads a port from the command line.
 *
 * @param option - its name, without dashes
 * @throws UsageError on anything but 0 to 65535
 */
export function portFrom(text: string, option = 'port'): number {
  return readNumber(option, text, maximumPort);
}

/**
 * Reads a folder of the command line that must be there.
 *
 * @param option - its name, without dashes
 * @returns the whole path
 * @throws UsageError where there is no such folder
 */
export function folderFrom(text: string, option: string): string {
  const folder = resolve(text);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new UsageError(`--${option} must be a folder that exists, not “${text}”`);
}

/** Coloured only on terminals, and not where NO_COLOR is set. */
export function styled(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

function printError(message: string): void {
  process.stderr.write(`${styleText('red', 'error', { stream: process.stderr })} ${message}\n`);
}

/** What the system denies, such as a file that is missing, needs no stack. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof CommandError || 'syscall' in error ? error.message : (error.stack ?? error.message);
}
