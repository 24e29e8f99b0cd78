import { isObject } from './read.js';

const keywords = ['additionalProperties', 'unevaluatedProperties'];

/**
 * @param {unknown} schema
 * @param {unknown} _options
 * @param {import('./read.js').Context} context
 * @returns {import('./read.js').Fault[]}
 */
export default function openModels(schema, _options, context) {
  return closedPlaces(schema, context.path).map((path) => ({
    message: `\`${path.at(-1)}: false\` rejects what the server may add.`,
    path,
  }));
}

/**
 * @param {unknown} node
 * @param {(string | number)[]} path
 * @returns {(string | number)[][]}
 */
function closedPlaces(node, path) {
  if (Array.isArray(node)) return node.flatMap((item, index) => closedPlaces(item, [...path, index]));
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const place = [...path, key];
    return keywords.includes(key) && value === false ? [place] : closedPlaces(value, place);
  });
}
