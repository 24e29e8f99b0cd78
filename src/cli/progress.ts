/** Shows how far a long work is, on one line of a terminal's standard error; elsewhere nothing. */
export interface Progress {
  show(text: string): void;
  /** Removes the line. */
  end(): void;
}

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const clear = '\r\u001B[K';
  const write = (text: string) => {
    if (stream.isTTY) stream.write(text);
  };
  return {
    show: (text) => write(`${clear}${text.slice(0, Math.max(0, (stream.columns ?? 80) - 1))}`),
    end: () => write(clear),
  };
}
