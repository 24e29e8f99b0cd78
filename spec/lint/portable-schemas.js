import { arrayOr, isObject, objectOr } from './read.js';

/**
 * Schema forms that tools of other languages can't handle, with the tool as the reason. Faults are found in the document as it is published.
 *
 * @typedef {import('./read.js').Node} Node
 * @typedef {{ inComponent: boolean, inChoice: boolean }} Place
 * @type {readonly { finds(schema: Node, place: Place): boolean, message: string }[]}
 */
const portability = [
  {
    finds: ({ type }, { inChoice }) => type === 'null' && !inChoice,
    message: "`type: 'null'` alone: openapi-generator has no such type, its clients don't compile.",
  },
  {
    finds: ({ allOf }) => allOf !== undefined,
    message: '`allOf`: openapi-generator loses which inherited properties may be null.',
  },
  {
    finds: ({ anyOf }) => anyOf !== undefined,
    message: '`anyOf`: openapi-generator and oapi-codegen make a union of it that tells nothing apart.',
  },
  {
    finds: ({ oneOf }, { inComponent }) => withoutNull(oneOf).length > 1 && !inComponent,
    message: '`oneOf` that is no component: openapi-generator names its class after the operation.',
  },
  {
    finds: ({ oneOf }) => withoutNull(oneOf).length === 1 && !('$ref' in objectOr(withoutNull(oneOf)[0])),
    message: 'A choice of a scalar or null: Python and Rust fail on null, unless it is a list of types.',
  },
  {
    finds: ({ type, const: constant, enum: values }) =>
      type === undefined && (constant !== undefined || values !== undefined),
    message: "A constant without a type: openapi-generator's Rust and Go take it for an object.",
  },
  {
    finds: ({ enum: values }) => arrayOr(values).includes(null),
    message: "`null` in an enum: openapi-zod-client and openapi-generator's Rust have no such constant.",
  },
  {
    finds: ({ properties }) => objectOr(objectOr(properties).message).const !== undefined,
    message:
      '`message` as a constant: clients of Python, Rust, Java and ogen lose the error once its text changes.',
  },
  {
    finds: ({ title }) => title !== undefined,
    message: 'A title: openapi-python-client names its classes after it, in place of the component.',
  },
  {
    finds: ({ type, not }) => type === 'object' && not !== undefined,
    message: '`not` of an object: openapi-generator makes a model of each property in it.',
  },
  {
    finds: ({ format, const: constant }) => format !== undefined && constant !== undefined,
    message: "A format beside `const`: openapi-generator's Kotlin and ogen compare it with a text.",
  },
  {
    finds: ({ format, pattern }) => format === 'date' && pattern !== undefined,
    message:
      "A pattern beside `format: date`: openapi-generator's Python and Ruby look for it in a date, and fail.",
  },
  {
    finds: ({ uniqueItems }) => uniqueItems === true,
    message: "`uniqueItems`: openapi-generator's Swift makes a set, which has no order.",
  },
  {
    finds: ({ pattern }) => /\\[d.]/.test(String(pattern)),
    message:
      "`\\d` or `\\.` in a pattern: openapi-generator's Go mistakes the backslash. Use `[0-9]`, `[.]`.",
  },
  {
    finds: ({ type, properties, additionalProperties }, { inComponent }) =>
      !inComponent && (properties !== undefined || (type === 'object' && isObject(additionalProperties))),
    message: 'An object that is no component: each tool makes up a name of its own, such as `InlineObject`.',
  },
  {
    finds: ({ enum: values }, { inComponent }) => arrayOr(values).length > 1 && !inComponent,
    message: 'An enum that is no component: each tool makes up a name of its own.',
  },
];

const hiding =
  "A name of JavaScript's own: openapi-generator's typescript-fetch renames the type, with a warning at each use.";

const boolean = 'A boolean schema: kin-openapi (oapi-codegen), openapi-python-client and orval fail on it.';

/** Keywords whose subschemas are conditions, of which no tool makes a type. */
const conditions = ['not', 'if', 'then', 'else'];
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const data = ['example', 'examples', 'default', 'const', 'enum'];

/**
 * @param {unknown} document - with its references
 * @returns {import('./read.js').Fault[]}
 */
export default function portableSchemas(document) {
  return [...faultsWithin(document, []), ...sharedConstants(document), ...listsToOmit(document)];
}

/**
 * Enums with a constant that another one has too.
 *
 * @param {unknown} document
 * @returns {import('./read.js').Fault[]}
 */
function sharedConstants(document) {
  const taken = new Set();
  return schemasOf(document).flatMap(([name, schema]) => {
    const constants = arrayOr(schema['x-enum-varnames'] ?? schema.enum).map((one) =>
      String(one).toUpperCase(),
    );
    const clash = constants.find((constant) => taken.has(constant));
    for (const constant of constants) taken.add(constant);
    if (clash === undefined) return [];
    const message = `\`${clash}\`, a constant of another enum: openapi-generator's Go has one of each name.`;
    return [{ message, path: ['components', 'schemas', name] }];
  });
}

/**
 * Lists of changes that may be omitted, without the word that says so.
 *
 * @param {unknown} document
 * @returns {import('./read.js').Fault[]}
 */
function listsToOmit(document) {
  const bodies = Object.values(objectOr(objectOr(document).paths)).map((item) => {
    const { content } = objectOr(objectOr(objectOr(item).patch).requestBody);
    return objectOr(objectOr(objectOr(content)['application/json']).schema).$ref;
  });
  return schemasOf(document).flatMap(([name, { required, properties }]) => {
    if (!bodies.includes(`#/components/schemas/${name}`)) return [];
    return Object.entries(objectOr(properties)).flatMap(([property, value]) => {
      const { type, 'x-nullable': nullable } = objectOr(value);
      if (type !== 'array' || nullable === true || arrayOr(required).includes(property)) return [];
      const message =
        "A list without `x-nullable`: openapi-generator's Java sends an empty one where none is set, which clears it.";
      return [{ message, path: ['components', 'schemas', name, 'properties', property] }];
    });
  });
}

/**
 * @param {unknown} document
 * @returns {[string, Node][]}
 */
function schemasOf(document) {
  const { schemas } = objectOr(objectOr(document).components);
  return Object.entries(objectOr(schemas)).map(([name, schema]) => [name, objectOr(schema)]);
}

/**
 * Faults of all schemas of a part of the document that is no schema itself.
 *
 * @param {unknown} node
 * @param {(string | number)[]} path
 * @returns {import('./read.js').Fault[]}
 */
function faultsWithin(node, path) {
  if (Array.isArray(node)) return node.flatMap((item, index) => faultsWithin(item, [...path, index]));
  return Object.entries(objectOr(node)).flatMap(([key, value]) => {
    const place = [...path, key];
    if (data.includes(key) || key.startsWith('x-')) return [];
    if (key === 'schema') return faultsOf(value, place, { inComponent: false, inChoice: false });
    if (place.join('.') !== 'components.schemas') return faultsWithin(value, place);
    return Object.entries(objectOr(value)).flatMap(([name, schema]) => [
      ...(name in globalThis ? [{ message: hiding, path: [...place, name] }] : []),
      ...faultsOf(schema, [...place, name], { inComponent: true, inChoice: false }),
    ]);
  });
}

/**
 * @param {unknown} schema
 * @param {(string | number)[]} path
 * @param {Place} place
 * @returns {import('./read.js').Fault[]}
 */
function faultsOf(schema, path, place) {
  if (typeof schema === 'boolean') return [{ message: boolean, path }];
  if (!isObject(schema)) return [];
  const own = portability.flatMap(({ finds, message }) => (finds(schema, place) ? [{ message, path }] : []));
  const inner = { inComponent: false, inChoice: false };
  const deeper = Object.entries(schema).flatMap(([keyword, value]) => {
    const deeperPath = [...path, keyword];
    if (conditions.includes(keyword)) return booleansIn(value, deeperPath);
    if (keyword === 'items' || (keyword === 'additionalProperties' && isObject(value))) {
      return faultsOf(value, deeperPath, inner);
    }
    if (lists.includes(keyword)) {
      const part = { inComponent: false, inChoice: keyword === 'oneOf' };
      return arrayOr(value).flatMap((item, index) => faultsOf(item, [...deeperPath, index], part));
    }
    if (keyword !== 'properties') return [];
    return Object.entries(objectOr(value)).flatMap(([name, property]) =>
      faultsOf(property, [...deeperPath, name], inner),
    );
  });
  return [...own, ...deeper];
}

/**
 * Boolean schemas, which break tools even where they make no type.
 *
 * @param {unknown} schema
 * @param {(string | number)[]} path
 * @returns {import('./read.js').Fault[]}
 */
function booleansIn(schema, path) {
  if (typeof schema === 'boolean') return [{ message: boolean, path }];
  const { properties, ...rest } = objectOr(schema);
  const keywords = Object.entries(rest).filter(([keyword]) => [...conditions, 'items'].includes(keyword));
  return [
    ...keywords.flatMap(([keyword, value]) => booleansIn(value, [...path, keyword])),
    ...Object.entries(objectOr(properties)).flatMap(([name, value]) =>
      booleansIn(value, [...path, 'properties', name]),
    ),
  ];
}

/**
 * @param {unknown} oneOf
 * @returns {unknown[]}
 */
function withoutNull(oneOf) {
  return arrayOr(oneOf).filter((one) => objectOr(one).type !== 'null');
}
