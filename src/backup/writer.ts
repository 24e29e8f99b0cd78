import { methods } from '../../generated/v2/methods.ts';
import { isPluralKitError } from '../client/errors.ts';
import type { PluralKit } from '../client/pluralkit.ts';
import type { ExportFile } from '../models/export/index.ts';
import { shorten } from '../models/shorten.ts';
import type { WebAbortSignal } from '../models/web-types.ts';
import { NotCreatedError } from './import-errors.ts';
import { nameOf } from './match.ts';
import type { Change, ImportPlan } from './plan.ts';

/** Makes changes, and remembers the ids of what was made. */
export function createWriter(
  pk: PluralKit,
  file: ExportFile,
  plan: ImportPlan,
  options: { readonly signal: WebAbortSignal | undefined },
): (change: Change) => Promise<unknown> {
  const members = new Map(plan.members);
  const groups = new Map(plan.groups);
  const indexes = new Map(file.members.map(({ id }, index) => [id, index]));
  const memberIds = (ids: readonly string[]) =>
    ids.map((id) => {
      const index = indexes.get(id) ?? -1;
      const item = file.members[index];
      if (item === undefined) throw new NotCreatedError(`The file has no member ${shorten(id)}`);
      return members.get(index) ?? notCreated('member', nameOf(item));
    });
  return async (change) => {
    switch (change.part) {
      case 'system':
        return pk.systems.update('@me', change.patch, options);
      case 'settings':
        return pk.settings.updateSystem('@me', change.patch, options);
      case 'members': {
        const own = members.get(change.index);
        if (own) return pk.members.update(own, change.patch, options);
        const made = await pk.members.create({ ...change.patch, name: change.name }, options);
        members.set(change.index, made.id);
        return made;
      }
      case 'groups': {
        const own = groups.get(change.index);
        if (change.action === 'create') {
          const made = await pk.groups.create({ ...change.patch, name: change.name }, options);
          groups.set(change.index, made.id);
          return made;
        }
        if (!own) return notCreated('group', change.name);
        return 'patch' in change
          ? pk.groups.update(own, change.patch, options)
          : pk.groups.addMembers(own, memberIds(change.members), options);
      }
      case 'switches': {
        const body = { members: memberIds(change.members), timestamp: change.name };
        try {
          return await pk.switches.create('@me', body, options);
        } catch (error) {
          // Another program has registered it meanwhile.
          if (isPluralKitError(error, 'SameSwitchTimestamp')) return;
          throw error;
        }
      }
    }
  };
}

/** The scopes that the requests of changes need, each once. */
export function scopesOf(changes: readonly Change[]): readonly string[] {
  const scopes = changes.map((change) => requestOf(change).split(' ')[2] ?? '');
  return [...new Set(scopes)];
}

/** The request of a change, as the table of the client's methods has it. */
function requestOf({ part, action }: Change): string {
  switch (part) {
    case 'system':
      return methods.systems.update;
    case 'settings':
      return methods.settings.updateSystem;
    case 'members':
      return methods.members[action];
    case 'groups':
      return action === 'add members' ? methods.groups.addMembers : methods.groups[action];
    case 'switches':
      return methods.switches.create;
  }
}

function notCreated(kind: 'member' | 'group', name: string): never {
  throw new NotCreatedError(`The ${kind} ${shorten(name)} was not created`);
}
