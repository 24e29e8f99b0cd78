/** An operation as the console offers it; made from the document. */
export interface ConsoleOperation {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** With parameters in braces, from the server's root on. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  /** Whether it needs a token. */
  readonly needsToken: boolean;
  readonly parameters: readonly ConsoleParameter[];
  readonly body: ConsoleBody | null;
}

export interface ConsoleParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  /** Markdown. */
  readonly description: string;
  readonly example: string;
}

export interface ConsoleBody {
  readonly examples: readonly { readonly summary: string; readonly value: unknown }[];
  /** The places of references to objects of the caller's system; `*` is any item of a list. */
  readonly references: readonly { readonly path: readonly string[]; readonly to: ReferenceTarget }[];
}

export type ReferenceTarget = 'member' | 'group';
