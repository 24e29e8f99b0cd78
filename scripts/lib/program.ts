/**
 * What every program in this folder shares: options, help, error messages.
 */
import { join } from 'node:path';
import { type ParseArgsOptionsConfig, parseArgs, styleText } from 'node:util';

/** The folder of the repository, with a slash-free end. */
export const projectDirectory: string = join(import.meta.dirname, '../..');

/** A failure whose message is printed without a stack. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

export interface ProgramDescription<Options extends ParseArgsOptionsConfig> {
  /** Printed for `--help`. */
  readonly help: string;
  readonly options: Options;
}

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options }>
>['values'];

/**
 * Runs a program with its command line's options and sets the process's exit code: 1 where it throws, 2 where the
 * options are wrong. `--help` prints the help and runs nothing.
 */
export async function runProgram<const Options extends ParseArgsOptionsConfig>(
  { help, options }: ProgramDescription<Options>,
  main: (values: Values<Options>) => unknown,
): Promise<void> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    process.stdout.write(`${help.trim()}\n`);
    return;
  }
  let values: Values<Options>;
  try {
    values = parseArgs<{ options: Options }>({ options }).values;
  } catch (error) {
    printError(`${error instanceof Error ? error.message : error}\n\n${help.trim()}`);
    process.exitCode = 2;
    return;
  }
  try {
    await main(values);
  } catch (error) {
    printError(error instanceof ProgramError ? error.message : describe(error));
    process.exitCode = 1;
  }
}

/**
 * Reads a port from the command line.
 *
 * @throws ProgramError on anything but 0 to 65535
 */
export function portFrom(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new ProgramError(`“${text}” is no port: give a number from 0 (any free one) to 65535.`);
  }
  return port;
}

/** Coloured only on terminals, and not where NO_COLOR is set. */
export function styled(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

function printError(message: string): void {
  process.stderr.write(`${styleText('red', 'error', { stream: process.stderr })} ${message}\n`);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
