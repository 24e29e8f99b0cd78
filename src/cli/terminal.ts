import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** The largest backlog in bytes; further lines are dropped, so that memory does not grow. */
const mostWaiting = 1_000_000;

/** Writes a line for people. */
export function writeLine(text = ''): void {
  if (process.stdout.writableLength < mostWaiting) process.stdout.write(`${text}\n`);
}

/** Writes what went wrong. The lines may hold untrusted text, such as names in a file. */
export function writeError(text: string): void {
  writeStyled('red', 'error', text);
}

/** Writes a note to the standard error. */
export function writeNote(text: string): void {
  writeStyled('yellow', 'note', text);
}

function writeStyled(style: Style, word: string, text: string): void {
  const lines = text.split('\n').map(printable).join('\n');
  process.stderr.write(`${styleText(style, word, { stream: process.stderr })} ${lines}\n`);
}

/** Coloured on terminals only, and not where NO_COLOR is set. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Whether `styled` colours. */
export function isColored(): boolean {
  return styled('red', '') !== '';
}

/** Untrusted text, with control characters escaped, so that it cannot steer the terminal. */
export function printable(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** A defect: with the place where it was thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The time of day, as 09:05:01. */
export function timeOfDay(date: Date = new Date()): string {
  return date.toTimeString().slice(0, 8);
}
