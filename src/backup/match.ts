import { normalText } from './normal.ts';

interface Named {
  readonly id: string;
  readonly name: string | null;
}

interface Exported {
  readonly id: string | null;
  readonly fields: { readonly name?: string | null };
}

/** The name under which an item of a file is created where the system lacks it. */
export function nameOf({ id, fields }: Exported): string {
  return normalText(fields.name) ?? id ?? '';
}

/**
 * Matches the items of a file with those of the system: by id, else by the exact name, as the bot does. No item is matched
 * twice, so that two members with the same name are both kept.
 *
 * @returns in the order of the file
 */
export function matchItems<Item extends Exported, Own extends Named>(
  items: readonly Item[],
  own: readonly Own[],
): readonly (Own | undefined)[] {
  const left = new Set(own);
  const byId = new Map(own.map((one) => [one.id, one]));
  const matched = items.map(({ id }) => {
    const found = id === null ? undefined : byId.get(id);
    return found && left.delete(found) ? found : undefined;
  });
  const byName = new Map<string | null, Own[]>();
  for (const one of left) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  return items.map((item, index) => matched[index] ?? byName.get(nameOf(item))?.shift());
}
