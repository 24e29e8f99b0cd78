/** How many references are remembered, before all are forgotten. */
const MANY_REFERENCES = 5000;

/**
 * Remembers whether systems, members, groups and switches are of the caller's own system. Ids of different kinds are not
 * told apart: where two are the same, a request is expected in the wrong bucket once.
 */
export interface OwnReferences {
  /** Undefined where it is not known. */
  readonly has: (reference: string, isSystem: boolean) => boolean | undefined;
  readonly set: (reference: string, isOwn: boolean, isSystem: boolean) => void;
}

export function createOwnReferences(): OwnReferences {
  const known = new Map<string, boolean>();
  /** The kinds of reference by which the own system is known: it has one id and one UUID, which tell all others apart. */
  const kinds = new Set<string>();
  const has: OwnReferences['has'] = (reference, isSystem) =>
    reference === '@me' ||
    (known.get(plain(reference)) ?? (isSystem && kinds.has(kindOf(reference)) ? false : undefined));
  return {
    has,
    set(reference, isOwn, isSystem) {
      // Most is known from before.
      if (has(reference, false) === isOwn) return;
      if (known.size > MANY_REFERENCES) {
        known.clear();
        kinds.clear();
      }
      known.set(plain(reference), isOwn);
      if (isOwn && isSystem) kinds.add(kindOf(reference));
    },
  };
}

function plain(reference: string): string {
  return reference.toLowerCase().replaceAll('-', '');
}

/** Accounts are each of a kind of their own: a system may have many. */
function kindOf(reference: string): string {
  const { length } = plain(reference);
  return length < 10 ? 'id' : length > 20 ? 'uuid' : reference;
}
