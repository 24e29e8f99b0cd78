import { arrayOr, isObject, objectOr } from './read.js';

/**
 * @param {unknown} schema
 * @param {unknown} _options
 * @param {import('./read.js').Context} context
 * @returns {import('./read.js').Fault[]}
 */
export default function described(schema, _options, context) {
  const faults = undescribed(schema, context.path);
  return objectOr(schema).description ? faults : [{ message: 'Says not what it is.' }, ...faults];
}

/**
 * Fields without a description, at any depth. A field that only narrows another one is described there.
 *
 * @param {unknown} schema
 * @param {(string | number)[]} path
 * @param {string[]} known - fields that are described elsewhere
 * @returns {import('./read.js').Fault[]}
 */
function undescribed(schema, path, known = []) {
  const { properties, items, allOf, oneOf, anyOf } = objectOr(schema);
  const inherited = [...known, ...arrayOr(allOf).flatMap(describedFields)];
  const fields = Object.entries(objectOr(properties)).flatMap(([name, field]) => {
    const place = [...path, 'properties', name];
    if (!isObject(field)) return [];
    const silent = !field.description && !inherited.includes(name);
    return [
      ...(silent ? [{ message: `\`${name}\` says not what it means.`, path: place }] : []),
      ...undescribed(field, place),
    ];
  });
  const parts = Object.entries({ allOf, oneOf, anyOf }).flatMap(([keyword, list]) =>
    arrayOr(list).flatMap((part, index) => undescribed(part, [...path, keyword, index], inherited)),
  );
  return [...fields, ...parts, ...(isObject(items) ? undescribed(items, [...path, 'items']) : [])];
}

/**
 * @param {unknown} schema
 * @returns {string[]}
 */
function describedFields(schema) {
  const { properties, allOf } = objectOr(schema);
  const own = Object.entries(objectOr(properties)).filter(([, field]) => objectOr(field).description);
  return [...own.map(([name]) => name), ...arrayOr(allOf).flatMap(describedFields)];
}
