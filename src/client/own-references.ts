import { isObject } from './json.ts';

/** How many references are remembered. */
const MANY_REFERENCES = 5000;
/** Members within groups within a list are the deepest that a response has. */
const DEEPEST = 4;

/**
 * Remembers whether systems, members, groups and switches are of the caller's own system. Ids of different kinds are not
 * told apart: where two are the same, a request is expected in the wrong bucket once.
 */
export class OwnReferences {
  readonly #isOwn = new Map<string, boolean>();
  /** The id and the UUID of the own system. It has one of each, so that they tell all others apart. */
  readonly #system = new Map<string, string>();

  constructor(systemUuid: string | undefined) {
    this.#addSystem(systemUuid);
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

  /** Remembers the own system by its model. */
  addSystem({ id, uuid }: Readonly<Record<string, unknown>>): void {
    for (const reference of [id, uuid]) this.#addSystem(reference);
  }

  /**
   * Remembers all that a response holds.
   *
   * @param isOwn - whose it is, where the models do not name their system; undefined where that is not known
   */
  addAll(content: unknown, isOwn: boolean | undefined, depth = 0): void {
    if (depth > DEEPEST || typeof content !== 'object' || content === null) return;
    if (Array.isArray(content)) {
      for (const item of content) this.addAll(item, isOwn, depth + 1);
    } else if (isObject(content)) {
      const { id, uuid, system, member, members } = content;
      const owner = isObject(system) ? system.uuid : system;
      const own = typeof owner === 'string' ? this.hasSystem(owner) : isOwn;
      for (const reference of [id, uuid])
        if (typeof reference === 'string' && own !== undefined) this.set(reference, own);
      for (const inner of [member, members]) this.addAll(inner, own, depth + 1);
    }
  }

  #addSystem(reference: unknown): void {
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
