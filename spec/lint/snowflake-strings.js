import { alternatives, arrayOr, isObject, objectOr } from './read.js';

/**
 * @param {unknown} holder - a schema with properties, or a parameter
 * @param {{ names: string[] }} options - what is always an id of Discord
 * @param {import('./read.js').Context} context
 * @returns {import('./read.js').Fault[]}
 */
export default function snowflakeStrings(holder, { names }, context) {
  const { name, schema, properties } = objectOr(holder);
  /** @type {[string, unknown, (string | number)[]][]} */
  const candidates =
    typeof name === 'string'
      ? [[name, schema, ['schema']]]
      : Object.entries(objectOr(properties)).map(([key, value]) => [key, value, ['properties', key]]);
  return candidates
    .filter(([key, value]) => names.includes(key) && isObject(value) && !isSnowflake(value))
    .map(([key, , place]) => ({
      message: `\`${key}\` is a string with a pattern of digits.`,
      path: [...context.path, ...place],
    }));
}

/**
 * @param {import('./read.js').Node} schema
 * @returns {boolean}
 */
function isSnowflake(schema) {
  return alternatives(schema)
    .filter((one) => one.type !== 'null')
    .every(({ type, pattern, allOf, const: value, enum: values }) => {
      if (value !== undefined || values !== undefined) return [value, ...arrayOr(values)].every(isDigits);
      if (Array.isArray(allOf)) return allOf.some((part) => isSnowflake(objectOr(part)));
      const types = arrayOr(type).length > 0 ? arrayOr(type) : [type];
      return types.every((one) => one === 'string' || one === 'null') && takesOnlyDigits(pattern);
    });
}

/** @param {unknown} value */
function isDigits(value) {
  return value === undefined || value === null || (typeof value === 'string' && /^\d*$/.test(value));
}

/** @param {unknown} pattern */
function takesOnlyDigits(pattern) {
  if (typeof pattern !== 'string') return false;
  const expression = new RegExp(pattern, 'u');
  return expression.test('466707357099884544') && !expression.test('abcde') && !expression.test('4667x');
}
