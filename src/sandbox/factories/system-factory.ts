import { checkOptions, isInteger, isOneOf } from '../../models/check-options.ts';
import { isObject } from '../../models/is-object.ts';
import type { FullWorld } from '../world/world.ts';
import { buildWorld } from './build.ts';
import type {
  FieldsFor,
  GroupFields,
  MemberFields,
  MessageFields,
  SwitchFields,
  SystemFields,
} from './fields.ts';
import type { PrivacyPreset } from './privacy.ts';

/** A number of items, with given fields. */
export interface Batch<Fields> {
  readonly count: number;
  readonly fields: FieldsFor<Fields>;
}

/** The parts of a system to make. */
export interface Recipe {
  readonly seed: number;
  readonly fields: SystemFields;
  readonly privacy: PrivacyPreset;
  readonly members: readonly Batch<MemberFields>[];
  readonly groups: readonly Batch<GroupFields>[];
  readonly switches: readonly Batch<SwitchFields>[];
  readonly messages: readonly Batch<MessageFields>[];
}

const wholeNumber = { expected: 'a whole number', fits: Number.isSafeInteger } as const;

const batchChecks = {
  count: { ...isInteger(0), isRequired: true },
  fields: {
    expected: 'an object, or a function that gives one',
    fits: (fields: unknown) => isObject(fields) || typeof fields === 'function',
  },
} as const;

/** Checked as early as it is given, as plain JavaScript may give anything. @throws TypeError */
function batch<Fields>(count: number, fields: FieldsFor<Fields>): Batch<Fields> {
  checkOptions<Batch<Fields>>({ count, fields }, batchChecks);
  return { count, fields };
}

/**
 * Makes up a system, for tests. Each method gives a new factory; nothing is made before `world()` or `worldOf`.
 *
 * The same factory makes the same world every time, also with other versions of Node.
 */
export class SystemFactory {
  readonly recipe: Recipe;

  constructor(recipe: Recipe) {
    this.recipe = recipe;
  }

  /**
   * Adds members; their fields are made up but for those given.
   *
   * @param fields - for all of them, or a function of each one's index from 0
   */
  withMembers(count: number, fields: FieldsFor<MemberFields> = {}): SystemFactory {
    return this.#with({ members: [...this.recipe.members, batch(count, fields)] });
  }

  /**
   * Adds groups, of which each has some of the members.
   *
   * @param fields - for all of them, or a function of each one's index from 0 and the members; `members` are ids
   */
  withGroups(count: number, fields: FieldsFor<GroupFields> = {}): SystemFactory {
    return this.#with({ groups: [...this.recipe.groups, batch(count, fields)] });
  }

  /**
   * Adds switches, some hours apart; the last ones to be added are the newest.
   *
   * @param fields - for all of them, or a function of each one's index from 0 and the members; `members` are ids
   */
  withSwitches(count: number, fields: FieldsFor<SwitchFields> = {}): SystemFactory {
    return this.#with({ switches: [...this.recipe.switches, batch(count, fields)] });
  }

  /**
   * Adds messages that were proxied, an hour apart; the last ones to be added are the newest. For messages that the bot is to
   * proxy in a test, see `messageBy`.
   *
   * @param fields - for all of them, or a function of each one's index from 0 and the members; `member` is an id or null
   */
  withMessages(count: number, fields: FieldsFor<MessageFields> = {}): SystemFactory {
    return this.#with({ messages: [...this.recipe.messages, batch(count, fields)] });
  }

  /** Sets the privacy of the system, its members and groups, where their fields do not name another. */
  withPrivacy(privacy: PrivacyPreset): SystemFactory {
    checkOptions({ privacy }, { privacy: isOneOf('public', 'private', 'mixed') });
    return this.#with({ privacy });
  }

  /** Sets the webhook, which gets events of changes. */
  withWebhook(url: string, token = 'signing-token'): SystemFactory {
    return this.#with({ fields: { ...this.recipe.fields, webhook: { url, token } } });
  }

  /** Makes up other values: a whole number for each set of them. */
  withSeed(seed: number): SystemFactory {
    checkOptions({ seed }, { seed: wholeNumber });
    return this.#with({ seed });
  }

  /**
   * A world with this system alone.
   *
   * @throws {WorldError} where a field that was given is not valid
   */
  world(): FullWorld {
    return worldOf(this);
  }

  #with(changes: Partial<Recipe>): SystemFactory {
    return new SystemFactory({ ...this.recipe, ...changes });
  }
}

/**
 * Starts a factory of a made-up system.
 *
 * @example
 * ```ts
 * const sandbox = createSandbox({ world: system().withMembers(100).withGroups(3).world() });
 * ```
 * @param fields - given fields of the system
 */
export function system(fields: SystemFields = {}): SystemFactory {
  return new SystemFactory({
    seed: 1,
    fields,
    privacy: 'public',
    members: [],
    groups: [],
    switches: [],
    messages: [],
  });
}

/**
 * A world of several systems. Their ids differ, also for equal factories.
 *
 * @throws {WorldError} where a field that was given is not valid
 * @throws TypeError on what is no factory
 */
export function worldOf(...factories: readonly SystemFactory[]): FullWorld {
  if (!factories.every((factory) => factory instanceof SystemFactory)) {
    throw new TypeError('worldOf takes factories, as system() makes them');
  }
  return buildWorld(factories.map(({ recipe }) => recipe));
}
