import { worldShape } from './world.ts';

/** The JSON Schema of a world, for editors and for programs that write worlds. */
export function worldSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A world of the PluralKit sandbox',
    description:
      'All that a PluralKit server knows. Groups, switches, autoproxy and messages name members by their ids, or by their names. What is omitted gets a default: ids, UUIDs and tokens are made up, the same ones every time, and a switch happens an hour after the one before it in the list. Ids, UUIDs, tokens and accounts must differ from each other.',
    ...withSchemaName(worldShape.schema),
  };
}

/** A file may name its schema, so that editors find it. */
function withSchemaName(schema: { readonly [key: string]: unknown }): object {
  const properties = { $schema: { type: 'string' }, ...Object(schema.properties) };
  return { ...schema, properties };
}
