import type { Progress as BackupProgress } from '../backup/progress.ts';

/** Shows the progress of long work in one line on the standard error, where that is a terminal. */
export interface Progress {
  show(text: string): void;
  /** Removes the line. */
  end(): void;
}

/** What is used of a terminal. */
interface Terminal {
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): unknown;
}

export function createProgress(stream: Terminal = process.stderr): Progress {
  const clear = '\r\u001B[K';
  const write = (text: string) => {
    if (stream.isTTY) stream.write(text);
  };
  return {
    // Some terminals do not tell how wide they are, and say 0.
    show: (text) => write(`${clear}${text.slice(0, (stream.columns || 80) - 1)}`),
    end: () => write(clear),
  };
}

/** A progress bar; without a total, only the count. */
export function bar({ part, done, total }: BackupProgress): string {
  if (total === null) return `${part.padEnd(8)} ${done}`;
  const width = 20;
  const filled = Math.round((width * done) / Math.max(total, 1));
  return `${part.padEnd(8)} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done} of ${total}`;
}
