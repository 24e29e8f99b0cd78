import type { World } from '../world/world.ts';

type ItemOf<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;
type SystemOf<W extends World> = ItemOf<W['systems']>;

/** Fields of a system as a world holds them; its members, groups and switches have methods of their own. */
export type SystemFields = Partial<Omit<SystemOf<World>, 'members' | 'groups' | 'switches'>>;
export type MemberFields = Partial<ItemOf<SystemOf<World>['members']>>;
export type GroupFields = Partial<ItemOf<SystemOf<World>['groups']>>;
export type MessageFields = Partial<ItemOf<World['messages']>>;
export type SwitchFields = Partial<ItemOf<SystemOf<World>['switches']>>;

/** A member that has been made. */
export type MadeMember = MemberFields & { readonly id: string; readonly uuid: string; readonly name: string };

/** Fields for all, or a function of the index from 0 and of the members made before. */
export type FieldsFor<Fields> = Fields | ((index: number, members: readonly MadeMember[]) => Fields);

/** The fields for one of them. */
export function fieldsOf<Fields extends object>(
  fields: FieldsFor<Fields>,
  index: number,
  members: readonly MadeMember[],
): Fields {
  return typeof fields === 'function' ? fields(index, members) : fields;
}
