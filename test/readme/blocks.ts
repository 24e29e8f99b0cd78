/** A block of code in a Markdown text, fenced by three backticks. */
export interface Block {
  readonly language: string;
  readonly code: string;
  /** Of the line with its opening fence, from 1. */
  readonly line: number;
}

/** The fenced blocks of a Markdown text, in order. */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(
    ([, language = '', code = ''], index, all) => ({
      language,
      code,
      line: markdown.slice(0, all[index]?.index).split('\n').length,
    }),
  );
}
