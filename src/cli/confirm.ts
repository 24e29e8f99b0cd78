import { createInterface } from 'node:readline';

/** Where a question is shown, and keys are read. */
interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks a question.
 *
 * @returns whether the user said yes; the end of the input is a no
 * @throws the reason of the signal, where that is aborted; Ctrl-C is passed on as the signal SIGINT of the process
 */
export async function confirm(
  question: string,
  signal: AbortSignal,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  const terminal = createInterface({ input, output, prompt: `${question} [y/N] `, signal });
  // While it reads keys, the terminal makes no signal of Ctrl-C.
  terminal.on('SIGINT', () => process.emit('SIGINT', 'SIGINT'));
  const reading = new Promise<string>((resolve) => {
    terminal.once('line', resolve).once('close', () => resolve(''));
  });
  terminal.prompt();
  const line = await reading;
  terminal.close();
  signal.throwIfAborted();
  return /^y(es)?$/i.test(line);
}
