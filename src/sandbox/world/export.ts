import type { JsonSchema } from './shape.ts';
import { systemShape } from './world.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an export of a system, as `pk;export` sends it. */
export function isExport(value: unknown): value is Fields {
  return isFields(value) && Array.isArray(value.switches) && !('systems' in value);
}

/**
 * Gives an export the form of a system in a world. Fields that a world does not know are dropped, and so is the webhook:
 * a sandbox must not post to it.
 */
export function exportedSystem({ config, webhook_url: _, ...system }: Fields): Fields {
  const accounts = Array.isArray(system.accounts) ? system.accounts.map(String) : [];
  return known(systemShape.schema, { ...system, accounts, settings: config });
}

/** What a schema knows of a value. Null is dropped, as it means what the default does. */
function known(schema: JsonSchema, value: Fields): Fields {
  const kept = Object.entries(isFields(schema.properties) ? schema.properties : {}).flatMap(
    ([key, property]) => {
      const given = Object.hasOwn(value, key) ? value[key] : undefined;
      return given == null ? [] : [[key, knownWithin(property, given)] as const];
    },
  );
  return Object.fromEntries(kept);
}

function knownWithin(schema: unknown, value: unknown): unknown {
  if (!isFields(schema)) return value;
  if (isFields(schema.properties) && isFields(value)) return known(schema, value);
  if (Array.isArray(value)) return value.map((item: unknown) => knownWithin(schema.items, item));
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
