import type { ApiKey, ApiKeyScope, ApiKeyType } from '../../models/api-key.ts';
import { findSystem } from '../gateway/references.ts';
import type { Store } from '../store/store.ts';
import { idsOf, namesNo } from '../world/names-no.ts';
import { Problems } from '../world/problems.ts';
import { list, nameOf, object, oneOf, text, withDefault } from '../world/shape.ts';
import type { KeyRing } from './key-ring.ts';

/** A key to create. */
export interface NewKey {
  /** The system that the key is for: its id, UUID, or a linked account. */
  readonly system: string;
  /** The scopes of the key; without any, it only identifies its system. */
  readonly scopes: readonly ApiKeyScope[];
  /** @default 'user_created' */
  readonly type?: ApiKeyType | undefined;
}

/** A key without its token. */
export interface KeyDescription {
  readonly id: string;
  /** Id of the system that the key is for. */
  readonly system: string;
  readonly type: string;
  readonly scopes: readonly string[];
}

/** A key with its token, which is shown only once. */
export interface CreatedKey extends KeyDescription {
  /** `pkapi:…`, as a client takes it in the place of a token. */
  readonly token: string;
}

const types = ['user_created', 'dashboard', 'external_app'] as const satisfies readonly ApiKeyType[];
const levels = ['publicread', 'read', 'write'] as const;
const parts = ['system', 'members', 'groups', 'fronters', 'switches', 'all'] as const;
const scopes: readonly ApiKeyScope[] = [
  'identify',
  ...levels.flatMap((level) => parts.map((part) => `${level}:${part}` as const)),
];

/** Required, unlike other lists, so that a key without scopes is intended. */
const { fallback: _, ...scopeList } = list(nameOf('a scope', scopes));
const newKeyShape = object({
  system: text('a reference of a system', () => true),
  scopes: scopeList,
  type: withDefault(oneOf(...types), 'user_created'),
});

/** Creates and revokes keys for the systems of a store. */
export class KeyDesk {
  readonly #ring: KeyRing;
  readonly #store: () => Store;

  constructor(ring: KeyRing, store: () => Store) {
    this.#ring = ring;
    this.#store = store;
  }

  /** @throws {WorldError} naming the paths of all that is wrong */
  async create(given: unknown): Promise<CreatedKey> {
    const problems = new Problems('The key');
    const { system: reference, type, scopes } = newKeyShape.check(given, '', problems);
    const twice = scopes.findIndex((scope, index) => scopes.indexOf(scope) !== index);
    // What has a wrong form is a problem already, and was replaced.
    const isRight = (part: string) =>
      problems.found.every(({ path }) => path !== '' && !path.startsWith(part));
    if (twice !== -1 && isRight('scopes')) problems.add(`scopes[${twice}]`, 'is given twice');
    const store = this.#store();
    const system = findSystem(store, reference);
    if (system === undefined && isRight('system')) {
      problems.add('system', namesNo('system', reference, idsOf(store.systems)));
    }
    problems.end();
    const { content, key } = await this.#ring.create({ systemId: system?.uuid ?? reference, type, scopes });
    return { ...this.#describe(content), token: key };
  }

  list(): readonly KeyDescription[] {
    return this.#ring.list().map((key) => this.#describe(key));
  }

  revoke(id: string): boolean {
    return this.#ring.revoke(id);
  }

  #describe({ id, systemId, type, scopes }: ApiKey): KeyDescription {
    return { id, system: this.#store().system(systemId)?.id ?? systemId, type, scopes: [...scopes] };
  }
}
