import { didYouMean } from '../../models/nearest.ts';

/**
 * Describes what a part of a world file must look like: reads it, fills what is omitted, and says where it is wrong.
 * `In` is what the file may hold, `Out` what it is read into.
 */
export interface Shape<Out, In = Out> {
  read(value: unknown, path: string): Out;
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

/** What is wrong at one place, such as `systems[0].members[2].color`. */
export interface WorldProblem {
  readonly path: string;
  /** What follows the path in a sentence: `must be six hexadecimal digits`. */
  readonly problem: string;
}

/** More would scroll away what stands above them. */
const maximumProblemsInMessage = 20;

/** Thrown for a world that cannot be loaded; it names every place that is wrong. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
  /** The path of the first problem. */
  readonly path: string;
  /** All that is wrong, in the order of the world. */
  readonly problems: readonly WorldProblem[];

  constructor(path: string, problem: string, others: readonly WorldProblem[] = []) {
    const problems = [{ path, problem }, ...others];
    super(describe(problems));
    this.path = path;
    this.problems = problems;
  }
}

function describe(problems: readonly WorldProblem[]): string {
  const lines = problems
    .slice(0, maximumProblemsInMessage)
    .map(({ path, problem }) => `${path === '' ? 'The value' : path} ${problem}`);
  if (problems.length === 1) return lines.join();
  const left = problems.length - lines.length;
  return [`${problems.length} problems:`, ...lines, ...(left > 0 ? [`and ${left} more`] : [])].join('\n  ');
}

/** Collects problems, so that all of them are reported at once. */
export class Problems {
  readonly #found: WorldProblem[] = [];

  add(path: string, problem: string): void {
    this.#found.push({ path, problem });
  }

  /** Takes a step, and keeps its problems instead of throwing them. */
  try<Result>(step: () => Result): Result | undefined {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof WorldError)) throw error;
      for (const problem of error.problems) this.#found.push(problem);
      return undefined;
    }
  }

  /** @throws {WorldError} where there are any */
  end(): void {
    const [first, ...others] = this.#found;
    if (first !== undefined) throw new WorldError(first.path, first.problem, others);
  }
}

/** A text that is one of several names, too many to tell them all. */
export function nameOf<const Name extends string>(kind: string, names: Iterable<Name>): Shape<Name> {
  const known = [...names];
  return {
    schema: { enum: known },
    read(value, path) {
      const found = known.find((name) => name === value);
      if (found !== undefined) return found;
      const hint = typeof value === 'string' ? didYouMean(value, known) : '';
      throw new WorldError(path, `must be ${kind}${hint}`);
    },
  };
}

/** A text that passes a test. */
export function text(
  expected: string,
  test: (value: string) => boolean,
  schema: JsonSchema = {},
): Shape<string> {
  return {
    schema: { type: 'string', description: expected, ...schema },
    read(value, path) {
      if (typeof value !== 'string' || !test(value)) throw new WorldError(path, `must be ${expected}`);
      return value;
    },
  };
}

export function oneOf<const Value extends string>(...values: readonly Value[]): Shape<Value> {
  return {
    schema: { enum: values },
    read(value, path) {
      const found = values.find((candidate) => candidate === value);
      if (found === undefined) throw new WorldError(path, `must be one of ${values.join(', ')}`);
      return found;
    },
  };
}

export const flag: Shape<boolean> = {
  schema: { type: 'boolean' },
  read(value, path) {
    if (typeof value !== 'boolean') throw new WorldError(path, 'must be true or false');
    return value;
  },
};

export const wholeNumber: Shape<number> = {
  schema: { type: 'integer' },
  read(value, path) {
    if (typeof value !== 'number' || !Number.isInteger(value))
      throw new WorldError(path, 'must be a whole number');
    return value;
  },
};

/** A whole number within bounds. */
export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): Shape<number> {
  return {
    schema: { type: 'integer', minimum, maximum },
    read(value, path) {
      if (Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum)
        return Number(value);
      const bounds =
        maximum === Number.MAX_SAFE_INTEGER ? `from ${minimum} up` : `from ${minimum} to ${maximum}`;
      throw new WorldError(path, `must be a whole number ${bounds}`);
    },
  };
}

export function number(minimum: number, maximum: number): Shape<number> {
  return {
    schema: { type: 'number', minimum, maximum },
    read(value, path) {
      if (typeof value === 'number' && value >= minimum && value <= maximum) return value;
      throw new WorldError(path, `must be a number from ${minimum} to ${maximum}`);
    },
  };
}

export function nullable<Out, In>(shape: Shape<Out, In>): OptionalShape<Out | null, In | null> {
  return {
    schema: { anyOf: [shape.schema, { type: 'null' }] },
    read: (value, path) => (value === null ? null : shape.read(value, path)),
    fallback: () => null,
  };
}

export function list<Out, In>(shape: Shape<Out, In>): OptionalShape<readonly Out[], readonly In[]> {
  return {
    schema: { type: 'array', items: shape.schema },
    read(value, path) {
      if (!Array.isArray(value)) throw new WorldError(path, 'must be a list');
      const problems = new Problems();
      const items: Out[] = [];
      value.forEach((item: unknown, index) => {
        problems.try(() => items.push(shape.read(item, `${path}[${index}]`)));
      });
      problems.end();
      return items;
    },
    fallback: () => [],
  };
}

export function withDefault<Out, In>(shape: Shape<Out, In>, fallback: Out): OptionalShape<Out, In> {
  return { ...shape, schema: { ...shape.schema, default: fallback }, fallback: () => fallback };
}

/** A value that is made up where it is omitted, once all that was given is known; until then it is an empty text. */
export function madeUp<Out, In>(shape: Shape<Out, In>): OptionalShape<Out | '', In> {
  return { ...shape, fallback: () => '' };
}

/** An object with these keys and no others; those that have a fallback may be omitted. */
export function object<F extends Fields>(fields: F): Shape<ReadFields<F>, WrittenFields<F>>;
export function object(fields: Fields): Shape<Readonly<Record<string, unknown>>> {
  const entries = Object.entries(fields);
  return {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: entries.filter(([, shape]) => shape.fallback === undefined).map(([key]) => key),
      properties: Object.fromEntries(entries.map(([key, shape]) => [key, shape.schema])),
    },
    read(value, path) {
      const given = toRecord(value, path);
      const problems = new Problems();
      const read = entries.map(([key, shape]): [string, unknown] => [
        key,
        problems.try(() => readField(shape, given[key], join(path, key))),
      ]);
      for (const key of Object.keys(given)) {
        if (Object.hasOwn(fields, key)) continue;
        problems.add(join(path, key), `is not known${didYouMean(key, Object.keys(fields))}`);
      }
      problems.end();
      return Object.fromEntries(read);
    },
  };
}

/** An object that may be omitted: all of its keys have fallbacks. */
export function optionalObject<F extends { readonly [key: string]: OptionalShape<unknown, unknown> }>(
  fields: F,
): OptionalShape<ReadFields<F>, WrittenFields<F>> {
  const shape = object(fields);
  return { ...shape, fallback: () => shape.read({}, '') };
}

function readField(shape: Shape<unknown, unknown>, value: unknown, path: string): unknown {
  if (value !== undefined) return shape.read(value, path);
  if (shape.fallback === undefined) throw new WorldError(path, 'is missing');
  return shape.fallback();
}

function toRecord(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WorldError(path, 'must be an object');
  }
  return Object.fromEntries(Object.entries(value));
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
