import { methods } from '../../generated/v2/methods.ts';
import type { GroupWithMembers, Member, System } from '../../generated/v2/schema.ts';
import { ForbiddenError } from '../client/errors.ts';
import { emit } from '../client/events.ts';
import { isOfApi } from '../client/failures.ts';
import type { PluralKit } from '../client/pluralkit.ts';
import type { SystemReference } from '../client/values.ts';
import { assertClient } from '../models/assert-client.ts';
import { checkOptions, is, type OptionChecks } from '../models/check-options.ts';
import { hasScope } from '../models/has-scope.ts';
import type { WebAbortSignal } from '../models/web-types.ts';
import { isEmpty } from './normal.ts';
import type { Part, Progress } from './progress.ts';

export interface ExportOptions {
  readonly signal?: WebAbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Called for each part that the system keeps private from the caller, and that the export therefore lacks. */
  readonly onPrivate?: ((part: Part) => void) | undefined;
  /**
   * Called once, before the first piece, where the caller sees only what is public of some parts: private members, groups
   * and fields are then not in the export.
   */
  readonly onPublicOnly?: ((parts: readonly PublicOnly[]) => void) | undefined;
}

/** A part of which the caller sees only what is public. */
export interface PublicOnly {
  readonly part: Part;
  /** The scope that the caller's API key lacks; null where the system is another's. */
  readonly scope: string | null;
}

const checks: OptionChecks<ExportOptions> = {
  signal: is.signal,
  onProgress: is.function,
  onPrivate: is.function,
  onPublicOnly: is.function,
};

/** The request that each part comes from, as the table of the client's methods has it. */
const sources: readonly (readonly [part: Part, request: string])[] = [
  ['system', methods.systems.get],
  ['settings', methods.settings.getSystem],
  ['members', methods.members.list],
  ['groups', methods.groups.list],
  ['switches', methods.switches.list],
];

/**
 * Reads a whole system, and writes it in the form of PluralKit's own export, which `pk;import` and {@link importSystem} take:
 * the system, its settings, members, groups with their members, and all switches, as far as the caller may see them.
 * Linked accounts and settings of guilds are not in it: the API does not list them.
 * Of an object that is seen as anyone sees it, whose `privacy` is null, fields that are null or empty lists are omitted:
 * they may be private.
 *
 * @param system - `@me` for the caller's own; of others only what is public is there
 * @returns the pieces of one JSON text, as they arrive
 * @throws TypeError naming the option that is wrong; all that the client's methods throw, but for what is private
 * @example
 * await pipeline(exportSystem(pk, '@me'), createWriteStream('system.json'));
 */
export async function* exportSystem(
  pk: PluralKit,
  system: SystemReference = '@me',
  given: ExportOptions = {},
): AsyncGenerator<string, void, undefined> {
  assertClient(pk);
  checkOptions(given, checks);
  const { signal, onProgress, onPrivate, onPublicOnly } = given;
  const options = { signal };
  const tell = (part: Part, done: number, total: number | null = done) =>
    emit(onProgress, { part, done, total });
  const unlessPrivate = async <Value>(part: Part, value: Promise<Value>, empty: Value): Promise<Value> => {
    try {
      return await value;
    } catch (error) {
      if (!isPrivate(error)) throw error;
      emit(onPrivate, part);
      return empty;
    }
  };
  const requests = [
    pk.systems.get(system, options),
    pk.settings.getSystem(system, options),
    unlessPrivate<readonly Member[]>('members', pk.members.list(system, options), []),
    unlessPrivate('groups', pk.groups.list(system, { ...options, with_members: true }), []),
  ] as const;
  const [head, config, members, groups] = await Promise.all(requests);
  const limited = publicOnly(pk, head);
  if (limited.length > 0) emit(onPublicOnly, limited);
  tell('system', 1);
  tell('settings', 1);
  // Without the closing brace, as more follows.
  yield `${JSON.stringify({ version: 2, ...withoutHidden(head) }).slice(0, -1)},"config":`;
  yield `${JSON.stringify(config)},"accounts":[],"members":[`;
  yield* list(members.map((member) => withoutHidden(withoutSystem(member))));
  tell('members', members.length);
  yield '],"groups":[';
  const ids = new Map(members.map(({ uuid, id }) => [uuid, id]));
  yield* list(groups.map((group) => groupOf(group, ids)));
  tell('groups', groups.length);
  yield '],"switches":[';
  let done = 0;
  try {
    for await (const { timestamp, members: fronters } of pk.switches.history(system, options)) {
      yield `${done++ === 0 ? '' : ','}${JSON.stringify({ timestamp, members: fronters })}`;
      if (done % 100 === 0) tell('switches', done, null);
    }
  } catch (error) {
    if (!isPrivate(error) || done > 0) throw error;
    emit(onPrivate, 'switches');
  }
  tell('switches', done);
  yield ']}\n';
}

/** Whether the API keeps a part from the caller: a proxy rejects requests, too, for reasons of its own. */
function isPrivate(error: unknown): boolean {
  return error instanceof ForbiddenError && isOfApi(error);
}

/** The parts of which the caller sees only what is public. */
function publicOnly({ key }: PluralKit, { uuid, privacy }: System): PublicOnly[] {
  const parts = sources.map(([part, request]) => {
    const [, , scope = ''] = request.split(' ');
    return { part, scope };
  });
  if (key?.systemId === uuid) return parts.filter(({ scope }) => !hasScope(key.scopes, scope));
  // Only the owner is told the privacy.
  return privacy === null ? parts.map(({ part }) => ({ part, scope: null })) : [];
}

function* list(items: readonly object[]): Generator<string> {
  for (const [index, item] of items.entries()) yield `${index === 0 ? '' : ','}${JSON.stringify(item)}`;
}

function withoutSystem<Item extends { readonly system?: unknown }>({
  system: _,
  ...item
}: Item): Omit<Item, 'system'> {
  return item;
}

/** The API names members by UUID, the export by id. Members that the caller may not see are not in either. */
function groupOf(group: GroupWithMembers, ids: ReadonlyMap<string, string>): object {
  const members = (group.members ?? []).flatMap((uuid) => ids.get(uuid) ?? []);
  return { ...withoutHidden(withoutSystem(group)), members };
}

/**
 * Omits what may be private of an object that is seen as anyone sees it, so that no import clears it. The privacy of
 * null stays: imports tell such objects by it.
 */
function withoutHidden(item: { readonly privacy: object | null }): object {
  if (item.privacy !== null) return item;
  const isSeen = ([key, value]: [string, unknown]) => key === 'privacy' || !isEmpty(value);
  return Object.fromEntries(Object.entries(item).filter(isSeen));
}
