import { didYouMean } from '../../models/nearest.ts';
import { isFieldless, noObject } from './fieldless.ts';
import { Problems } from './problems.ts';

/**
 * Describes what a part of a world file must look like: reads it, fills what is omitted, and says where it is wrong.
 * `In` is what the file may hold, `Out` what it is read into.
 */
export interface Shape<Out, In = Out> {
  /**
   * Reads a whole value.
   *
   * @param name - begins the sentence about a problem of the whole: `The fault`
   * @throws {WorldError} naming everything that is wrong
   */
  read(value: unknown, name: `The ${string}`): Out;
  /**
   * Reads a value that stands at a path.
   *
   * @throws {WorldError} naming everything that is wrong
   */
  readAt(value: unknown, path: string): Out;
  /**
   * Reads a value and adds what is wrong to the problems. What it returns for a wrong value only serves to find further
   * problems: strings stay as they are, so that references to them are found; other values are replaced.
   */
  check(value: unknown, path: string, problems: Problems): Out;
  /** The same as JSON Schema (2020-12). */
  readonly schema: JsonSchema;
  /** Stands where the value is omitted. */
  readonly fallback?: () => Out;
  /** Carries the type only. */
  readonly input?: In;
}

export interface OptionalShape<Out, In = Out> extends Shape<Out, In> {
  readonly fallback: () => Out;
}

export type JsonSchema = { readonly [key: string]: unknown };
type Fields = { readonly [key: string]: Shape<unknown, unknown> };

/** What a shape reads into. */
export type Read<S> = S extends Shape<infer Out, infer _In> ? Out : never;
/** What a file may hold for a shape. */
export type Written<S> = S extends Shape<infer _Out, infer In> ? In : never;
type OptionalKey<F> = { [K in keyof F]: F[K] extends OptionalShape<unknown, unknown> ? K : never }[keyof F];
type ReadFields<F> = { readonly [K in keyof F]: Read<F[K]> };
type WrittenFields<F> = { readonly [K in Exclude<keyof F, OptionalKey<F>>]: Written<F[K]> } & {
  readonly [K in OptionalKey<F>]?: Written<F[K]> | undefined;
};

/** What a kind of shape is made of. */
type Parts<Out> = Pick<Shape<Out>, 'schema' | 'check'>;

function shape<Out, In = Out>(parts: Parts<Out>): Shape<Out, In> {
  const readFrom = (value: unknown, path: string, problems: Problems) => {
    const read = parts.check(value, path, problems);
    problems.end();
    return read;
  };
  return {
    ...parts,
    read: (value, name) => readFrom(value, '', new Problems(name)),
    readAt: (value, path) => readFrom(value, path, new Problems()),
  };
}

/** A value that is only passed on. */
export const anything: Shape<unknown> = shape({ schema: {}, check: (value) => value });

/**
 * One of several names, too many to list them all in a message.
 *
 * @param hintOf - ends the message about a text that is none of them
 */
export function nameOf<const Name extends string>(
  kind: string,
  names: Iterable<Name>,
  hintOf: (word: string, known: readonly Name[]) => string = didYouMean,
): Shape<Name> {
  const known = [...names];
  const [first] = known;
  if (first === undefined) throw new TypeError(`There is no ${kind}`);
  return shape({
    schema: { enum: known },
    check(value, path, problems) {
      const found = known.find((name) => name === value);
      if (found !== undefined) return found;
      problems.add(
        path,
        `must be ${kind}${typeof value === 'string' && problems.mayCompare ? hintOf(value, known) : ''}`,
      );
      return first;
    },
  });
}

/**
 * A text that passes a test.
 *
 * @param names - texts that pass it, of which the nearest is suggested
 */
export function text(
  expected: string,
  test: (value: string) => boolean,
  schema: JsonSchema = {},
  names: readonly string[] = [],
): Shape<string> {
  return shape({
    schema: { type: 'string', description: expected, ...schema },
    check(value, path, problems) {
      if (typeof value === 'string' && test(value)) return value;
      const hint = typeof value === 'string' && problems.mayCompare ? didYouMean(value, names) : '';
      problems.add(path, `must be ${expected}${hint}`);
      return typeof value === 'string' ? value : '';
    },
  });
}

export function oneOf<const Value extends string>(...values: readonly [Value, ...Value[]]): Shape<Value> {
  return shape({
    schema: { enum: values },
    check(value, path, problems) {
      const found = values.find((candidate) => candidate === value);
      if (found !== undefined) return found;
      const hint = typeof value === 'string' ? didYouMean(value, values) : '';
      problems.add(path, `must be one of ${values.join(', ')}${hint}`);
      return values[0];
    },
  });
}

export const flag: Shape<boolean> = shape({
  schema: { type: 'boolean' },
  check(value, path, problems) {
    if (typeof value !== 'boolean') problems.add(path, 'must be true or false');
    return value === true;
  },
});

export const wholeNumber: Shape<number> = numeric({ type: 'integer' }, 'a whole number', Number.isInteger);

/** A whole number within bounds. */
export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): Shape<number> {
  const bounds = maximum === Number.MAX_SAFE_INTEGER ? `from ${minimum} up` : `from ${minimum} to ${maximum}`;
  return numeric(
    { type: 'integer', minimum, maximum },
    `a whole number ${bounds}`,
    (value) => Number.isInteger(value) && value >= minimum && value <= maximum,
  );
}

/** @param unit - what it counts, such as ` of milliseconds` */
export function number(minimum: number, maximum: number, unit: '' | ` of ${string}` = ''): Shape<number> {
  return numeric(
    { type: 'number', minimum, maximum },
    `a number${unit} from ${minimum} to ${maximum}`,
    (value) => value >= minimum && value <= maximum,
  );
}

function numeric(schema: JsonSchema, expected: string, test: (value: number) => boolean): Shape<number> {
  return shape({
    schema,
    check(value, path, problems) {
      if (typeof value === 'number' && test(value)) return value;
      problems.add(path, `must be ${expected}`);
      return 0;
    },
  });
}

export function nullable<Out, In>(inner: Shape<Out, In>): OptionalShape<Out | null, In | null> {
  return {
    ...shape<Out | null, In | null>({
      schema: { anyOf: [inner.schema, { type: 'null' }] },
      check: (value, path, problems) => (value === null ? null : inner.check(value, path, problems)),
    }),
    fallback: () => null,
  };
}

export function list<Out, In>(item: Shape<Out, In>): OptionalShape<readonly Out[], readonly In[]> {
  return {
    ...shape<readonly Out[], readonly In[]>({
      schema: { type: 'array', items: item.schema },
      check(value, path, problems) {
        if (Array.isArray(value))
          // Unlike `map`, it also reads the holes of a list.
          return Array.from(value, (one: unknown, index) => item.check(one, `${path}[${index}]`, problems));
        problems.add(path, 'must be a list');
        return [];
      },
    }),
    fallback: () => [],
  };
}

export function withDefault<Out, In>(inner: Shape<Out, In>, fallback: Out): OptionalShape<Out, In> {
  return { ...inner, schema: { ...inner.schema, default: fallback }, fallback: () => fallback };
}

/** A value that must also pass a test, once its form is right. */
export function passing<Out, In>(
  inner: Shape<Out, In>,
  problem: string,
  test: (value: Out) => boolean,
): Shape<Out, In> {
  return shape<Out, In>({
    schema: inner.schema,
    check(value, path, problems) {
      const before = problems.found.length;
      const read = inner.check(value, path, problems);
      if (problems.found.length === before && !test(read)) problems.add(path, problem);
      return read;
    },
  });
}

/** A value that is made up where it is omitted, once all that was given is known; until then it is an empty text. */
export function madeUp<Out, In>(inner: Shape<Out, In>): OptionalShape<Out | '', In> {
  return { ...inner, fallback: () => '' };
}

/** More names of fields would make messages long. */
const mostListed = 10;

/**
 * An object with these keys and no others; those that have a fallback may be omitted.
 *
 * @param example - one for the message about what is no object
 */
export function object<F extends Fields>(fields: F, example?: string): Shape<ReadFields<F>, WrittenFields<F>>;
export function object(fields: Fields, example?: string): Shape<Readonly<Record<string, unknown>>> {
  const entries = Object.entries(fields);
  const names = Object.keys(fields);
  let stopgap: Readonly<Record<string, unknown>> | undefined;
  const check = (value: unknown, path: string, problems: Problems): Readonly<Record<string, unknown>> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || isFieldless(value)) {
      problems.add(path, noObject(value, example));
      // Made once, as it takes long.
      stopgap ??= check({}, path, new Problems());
      return stopgap;
    }
    // A body of a megabyte can hold hundreds of thousands of objects, so nothing is made that most of them don't need.
    const given: Readonly<Record<string, unknown>> = { __proto__: null, ...value };
    const read: Record<string, unknown> = {};
    for (const [key, field] of entries) {
      const part = given[key];
      read[key] =
        part === undefined && field.fallback !== undefined
          ? field.fallback()
          : checkField(field, part, join(path, key), problems);
    }
    for (const key in given) {
      if (Object.hasOwn(fields, key)) continue;
      const hint =
        didYouMean(key, names) || (names.length <= mostListed ? `; known: ${names.join(', ')}` : '');
      problems.add(join(path, key), `is not known${hint}`);
    }
    return read;
  };
  const properties = Object.fromEntries(entries.map(([key, field]) => [key, field.schema]));
  const required = entries.filter(([, field]) => field.fallback === undefined).map(([key]) => key);
  return shape({ schema: { type: 'object', additionalProperties: false, required, properties }, check });
}

/** The names of an object's fields. */
export function fieldsOf({ schema }: Shape<unknown, unknown>): ReadonlySet<string> {
  return new Set(Object.keys(Object(schema.properties)));
}

/** An object that may be omitted: all of its keys have fallbacks. */
export function optionalObject<F extends { readonly [key: string]: OptionalShape<unknown, unknown> }>(
  fields: F,
  example?: string,
): OptionalShape<ReadFields<F>, WrittenFields<F>> {
  const whole = object(fields, example);
  // Made each time, so that callers who change a part of a world change no other.
  return { ...whole, fallback: () => whole.check({}, '', new Problems()) };
}

function checkField(
  field: Shape<unknown, unknown>,
  value: unknown,
  path: string,
  problems: Problems,
): unknown {
  if (value !== undefined) return field.check(value, path, problems);
  problems.add(path, 'is missing');
  return field.check(undefined, path, new Problems());
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
