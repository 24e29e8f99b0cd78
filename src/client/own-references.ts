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
  /** Also kinds of reference, where the own system is known by one: it has one id and one UUID, so that all others are not own. */
  const known = new Map<string, boolean>();
  return {
    has(reference, isSystem) {
      const text = plain(reference);
      return reference === '@me' || (known.get(text) ?? (isSystem ? known.get(kindOf(text)) : undefined));
    },
    set(reference, isOwn, isSystem) {
      const text = plain(reference);
      if (known.size > MANY_REFERENCES) known.clear();
      if (isOwn && isSystem) known.set(kindOf(text), false);
      known.set(text, isOwn);
    },
  };
}

function plain(reference: string): string {
  return reference.toLowerCase().replaceAll('-', '');
}

/** Accounts are each of a kind of their own: a system may have many. */
function kindOf(text: string): string {
  return text.length > 20 ? 'uuid' : text.length < 10 && text !== '@me' ? 'id' : text;
}
