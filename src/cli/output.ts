import { unwritable } from './command.ts';
import { writeError } from './terminal.ts';

/** How long the end waits for those who read the output, in milliseconds. */
const patience = 1_000;

const streams = [process.stdout, process.stderr];

/**
 * Ends the program where its output can no longer be written: quietly where nobody reads it any more, as in
 * `pluralkit sandbox | head -1`, else with the reason, such as a full disk.
 */
export function endWhereUnwritable(): void {
  process.stderr.on('error', () => process.exit(unwritable));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') writeError(`Cannot write the output: ${error.message}`);
    process.exit(unwritable);
  });
}

/** Waits until all output is written, for a limited time, as the reader may have stopped. */
export async function flushOutput(): Promise<void> {
  const written = streams.map((stream) => new Promise((resolve) => stream.write('', resolve)));
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  await Promise.race([Promise.all(written), late]);
}
