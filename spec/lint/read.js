/**
 * Reads parts of a document that may be missing.
 *
 * @typedef {Record<string, unknown>} Node
 * @typedef {{ message: string, path?: (string | number)[] }} Fault
 * @typedef {{ path: (string | number)[], documentInventory: { resolved: unknown } }} Context
 */

/** @type {(value: unknown) => value is Node} */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @type {(value: unknown) => Node} */
export function objectOr(value) {
  return isObject(value) ? value : {};
}

/** @type {(value: unknown) => unknown[]} */
export function arrayOr(value) {
  return Array.isArray(value) ? value : [];
}

/**
 * What an operation asks for: its own list, or else the document's.
 *
 * @param {Node} operation
 * @param {Context} context
 */
export function securityOf(operation, context) {
  return arrayOr(operation.security ?? objectOr(context.documentInventory.resolved).security);
}

/**
 * Whether a call without any token is allowed.
 *
 * @param {unknown[]} security
 */
export function takesAnyone(security) {
  return security.some((scheme) => Object.keys(objectOr(scheme)).length === 0);
}

/**
 * Whether a value of the schema may be null.
 *
 * @param {unknown} schema
 * @returns {boolean}
 */
export function takesNull(schema) {
  const { type, anyOf, oneOf, enum: values } = objectOr(schema);
  return (
    type === 'null' ||
    arrayOr(type).includes('null') ||
    arrayOr(values).includes(null) ||
    [...arrayOr(anyOf), ...arrayOr(oneOf)].some(takesNull)
  );
}

/**
 * The one value that a schema takes: its `const`, or the only one of its `enum`.
 *
 * @param {unknown} schema
 * @returns {unknown}
 */
export function onlyValue(schema) {
  const { const: constant, enum: values } = objectOr(schema);
  return arrayOr(values).length === 1 ? arrayOr(values)[0] : constant;
}

/**
 * The schemas that a value may be of: the schema itself, or the parts of its `oneOf` and `anyOf`.
 *
 * @param {unknown} schema
 * @returns {Node[]}
 */
export function alternatives(schema) {
  const { oneOf, anyOf } = objectOr(schema);
  const parts = [...arrayOr(oneOf), ...arrayOr(anyOf)];
  return parts.length > 0 ? parts.flatMap(alternatives) : [objectOr(schema)];
}
