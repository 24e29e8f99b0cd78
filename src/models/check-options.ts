import { isObject } from './is-object.ts';
import { thereIsNo } from './nearest.ts';

/** What an option must be. */
export interface OptionCheck {
  /** Ends the sentence `timeout must be …`. */
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
  /** Whether it can't be omitted. */
  readonly isRequired?: true;
}

/** A check for each option of a type. */
export type OptionChecks<Options extends object> = Readonly<Record<keyof Options, OptionCheck>>;

/** Checks that several functions share. */
export const is = {
  flag: { expected: 'true or false', fits: (value) => typeof value === 'boolean' },
  function: { expected: 'a function', fits: (value) => typeof value === 'function' },
  text: { expected: 'a string', fits: (value) => typeof value === 'string' },
  signal: { expected: 'an AbortSignal', fits: has('addEventListener', 'removeEventListener') },
} as const satisfies Readonly<Record<string, OptionCheck>>;

/** An integer within bounds. */
export function isInteger(least: number, most = Number.MAX_SAFE_INTEGER): OptionCheck {
  return {
    expected:
      most === Number.MAX_SAFE_INTEGER ? `an integer from ${least}` : `an integer from ${least} to ${most}`,
    fits: (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
  };
}

/** Timers can't be set further ahead, in milliseconds: about 24 days. */
const longestTimer = 2 ** 31 - 1;

/** Milliseconds that a timer can wait. */
export function isTime(least: number, most = longestTimer): OptionCheck {
  return {
    expected: `milliseconds from ${least} to ${most}`,
    fits: (value) => typeof value === 'number' && value >= least && value <= most,
  };
}

export function isOneOf(...values: readonly unknown[]): OptionCheck {
  return { expected: `one of ${values.join(', ')}`, fits: (value) => values.includes(value) };
}

/** Whether a value has methods. */
export function has(...methods: readonly string[]): (value: unknown) => boolean {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    methods.every((name) => typeof Reflect.get(value, name) === 'function');
}

/**
 * Checks options, which may be wrong in plain JavaScript or because of an unset variable. An option that is `undefined`
 * counts as omitted.
 *
 * @throws TypeError naming all options that are wrong or missing, and the nearest one of each that is not known; it does not
 *   repeat values
 */
export function checkOptions<Options extends object>(options: Options, checks: OptionChecks<Options>): void {
  const known: readonly [string, OptionCheck][] = Object.entries(checks);
  if (!isObject(options)) {
    const required = known.flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
    const example = required.length > 0 ? `, such as { ${required.join(', ')} }` : '';
    throw new TypeError(`The options must be an object${example}`);
  }
  const names = known.map(([name]) => name);
  const faults = [
    ...Object.keys(options)
      .filter((name) => !names.includes(name))
      .map((name) => thereIsNo('option', name, names)),
    ...known
      .filter(([name, { fits, isRequired }]) =>
        options[name] === undefined ? isRequired : !fits(options[name]),
      )
      .map(([name, { expected }]) => `${name} must be ${expected}`),
  ];
  if (faults.length > 0) throw new TypeError(faults.join('\n'));
}
