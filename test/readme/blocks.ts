/** A block of code in a Markdown text. */
export interface Block {
  readonly language: string;
  /** Path of the file that the block is of, where its fence says so: `title="…"`. */
  readonly title: string | undefined;
  readonly code: string;
  /** Of the line with its opening fence, from 1. */
  readonly line: number;
}

/** The fenced blocks of a Markdown text, in order. */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^ {0,3}(`{3,}|~{3,})(\w*)([^\n]*)\n(.*?)^ {0,3}\1 *$/gms)].map(
    ({ index, 2: language = '', 3: words = '', 4: code = '' }) => ({
      language,
      title: /title="([^"]+)"/.exec(words)?.[1],
      code,
      line: markdown.slice(0, index).split('\n').length,
    }),
  );
}
