import { objectOr, takesNull } from './read.js';

const names = ['id', 'uuid'];

/**
 * @param {unknown} schema
 * @param {unknown} _options
 * @param {import('./read.js').Context} context
 * @returns {import('./read.js').Fault[]}
 */
export default function nonNullIds(schema, _options, context) {
  const properties = objectOr(objectOr(schema).properties);
  // A webhook's event has no id of its own: it names what has changed, where that has an id.
  if ('signing_token' in properties) return [];
  return names
    .filter((name) => takesNull(properties[name]))
    .map((name) => ({ message: `\`${name}\` is never null.`, path: [...context.path, 'properties', name] }));
}
