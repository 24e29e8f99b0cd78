/** How many references are remembered. */
const MANY_REFERENCES = 5000;

/**
 * Remembers whether systems, members, groups and switches are of the caller's own system. Ids of different kinds are not
 * told apart: where two are the same, a request is expected in the wrong bucket once.
 */
export class OwnReferences {
  readonly #isOwn = new Map<string, boolean>();
  /** The id and the UUID of the own system. It has one of each, so that they tell all others apart. */
  readonly #system = new Map<string, string>();

  constructor(systemUuid: string | undefined) {
    this.addSystem(systemUuid);
  }

  /** Undefined where it is not known. */
  has(reference: string): boolean | undefined {
    return reference === '@me' || this.#isOwn.get(plain(reference));
  }

  /** The same for a reference to a system. */
  hasSystem(reference: string): boolean | undefined {
    const text = plain(reference);
    const own = this.#system.get(kindOf(text));
    return this.has(reference) ?? (own === undefined ? undefined : own === text);
  }

  set(reference: string, isOwn: boolean): void {
    const text = plain(reference);
    // The newest are kept.
    this.#isOwn.delete(text);
    this.#isOwn.set(text, isOwn);
    if (this.#isOwn.size <= MANY_REFERENCES) return;
    const [oldest] = this.#isOwn.keys();
    if (oldest !== undefined) this.#isOwn.delete(oldest);
  }

  /** Remembers an id or the UUID of the own system. */
  addSystem(reference: unknown): void {
    if (typeof reference !== 'string' || reference === '@me') return;
    this.#system.set(kindOf(plain(reference)), plain(reference));
  }
}

function plain(reference: string): string {
  return reference.toLowerCase().replaceAll('-', '');
}

/** Accounts are of no kind: a system may have many. */
function kindOf(plainReference: string): string {
  if (plainReference.length < 10) return 'id';
  return plainReference.length > 20 ? 'uuid' : 'account';
}
