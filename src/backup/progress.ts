/** The progress of an export or import. */
export interface Progress {
  /** The current part: `system`, `settings`, `members`, `groups` or `switches`. */
  readonly part: Part;
  readonly done: number;
  /** Null where it is not known, as for switches that are read. */
  readonly total: number | null;
}

export type Part = 'system' | 'settings' | 'members' | 'groups' | 'switches';
