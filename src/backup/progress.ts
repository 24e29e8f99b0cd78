/** How far an export or import is. */
export interface Progress {
  /** What is at work: `system`, `settings`, `members`, `groups` or `switches`. */
  readonly part: Part;
  readonly done: number;
  /** Null where it is not known, as for switches that are read. */
  readonly total: number | null;
}

export type Part = 'system' | 'settings' | 'members' | 'groups' | 'switches';
