import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isObject } from '../models/is-object.ts';
import { closeSchema, definitionsId, definitionsOf, isSchema, type Schema } from './close.ts';
import { type Difference, safeName } from './difference.ts';

/** Lists how a body differs from a schema, additional keys included. */
export type CheckBody = (schema: Schema, body: unknown) => readonly Difference[];

const compositions = ['oneOf', 'anyOf', 'allOf', 'if', 'not'];

/** @param schemas - the document's components */
export function createBodyCheck(schemas: Readonly<Record<string, Schema>>): CheckBody {
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
  formats.default(ajv);
  ajv.addSchema({ $id: definitionsId, $defs: definitionsOf(schemas) });
  const compiled = new Map<string, ValidateFunction>();
  const errorsOf = (schema: Schema, body: unknown): readonly ErrorObject[] => {
    const key = JSON.stringify(schema);
    const validate = compiled.get(key) ?? ajv.compile(closeSchema(schema));
    compiled.set(key, validate);
    return validate(body) ? [] : (validate.errors ?? []);
  };
  return (schema, body) => {
    // Of several schemas, the best match gives the differences.
    const attempts = alternatives(schema, schemas).map((shape) => errorsOf(shape, body));
    const [best = []] = attempts.sort((one, other) => one.length - other.length);
    return toDifferences(best);
  };
}

function alternatives(schema: Schema, schemas: Readonly<Record<string, Schema>>): readonly Schema[] {
  if (!isObject(schema)) return [schema];
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  const target = name === undefined ? schema : schemas[name];
  const list = isObject(target) ? (target.oneOf ?? target.anyOf) : undefined;
  if (!Array.isArray(list)) return [schema];
  return list.filter(isSchema).flatMap((shape) => alternatives(shape, schemas));
}

function toDifferences(errors: readonly ErrorObject[]): readonly Difference[] {
  const telling = errors.filter(({ keyword }) => !compositions.includes(keyword));
  return (telling.length > 0 ? telling : errors).map(toDifference);
}

function toDifference({ instancePath, keyword, params, data }: ErrorObject): Difference {
  const place = (key?: unknown) => `body ${pathText(instancePath, key)}`;
  const extra = params.additionalProperty ?? params.unevaluatedProperty;
  if (typeof extra === 'string') {
    return {
      kind: 'undocumented',
      place: place(extra),
      actual: typeOf(isObject(data) ? data[extra] : undefined),
    };
  }
  if (keyword === 'required') return { kind: 'missing', place: place(params.missingProperty) };
  if (keyword === 'type') {
    return { kind: 'type', place: place(), expected: String(params.type), actual: typeOf(data) };
  }
  return { kind: 'value', place: place(), expected: keyword, actual: typeOf(data) };
}

/** `/0/members/3/name` → `[]/members[]/name` */
function pathText(instancePath: string, key?: unknown): string {
  const names = key === undefined ? instancePath : `${instancePath}/${String(key)}`;
  return safeName(names.replace(/\/\d+(?=\/|$)/g, '[]')) || '/';
}

/** The type as JSON Schema names it. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (Number.isInteger(value)) return 'integer';
  return value === undefined ? 'nothing' : typeof value;
}
