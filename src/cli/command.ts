import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { didYouMean } from '../models/nearest.ts';
import { adviceOnKeptOptions } from './npm-options.ts';

/** The highest port there is. */
export const maximumPort = 65_535;

/** One command of the program. */
export interface Command {
  /** One line, for the list of commands. */
  readonly summary: string;
  /** The whole help, printed for `--help`. */
  readonly help: string;
  /** The words that its first argument can be, where that is no name or file. */
  readonly words?: readonly string[];
  /**
   * @param args - what follows the command's name
   * @returns the exit code, where it is not 0
   * @throws {UsageError} where they are wrong
   * @throws {CommandError} where it cannot do its work
   */
  run(args: readonly string[]): Promise<number | undefined>;
}

/** All commands of the program, by name. */
export type Commands = Readonly<Record<string, Command>>;

/** The options of the program itself, in place of a command, with the commands that they stand for. */
export const aliases: ReadonlyMap<string, string> = new Map([
  ['--help', 'help'],
  ['-h', 'help'],
  ['--version', 'version'],
  ['-v', 'version'],
]);

/** Variables of the environment by the options that people try in their place. */
type Variables = Readonly<Record<string, string>>;

/** Those of commands that call the API. Tokens are no options, as all users of a machine see command lines. */
export const apiVariables: Variables = { token: 'PLURALKIT_TOKEN', url: 'PLURALKIT_URL' };

/** The exit code where the output can't be written, be it a file or the standard output. */
export const unwritable = 3;

/** A failure whose message is printed without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, options: ErrorOptions & { readonly exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = options.exitCode ?? 1;
  }
}

/** A command line that cannot be read; the program ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the options of a command that takes no arguments. An empty value, such as of an unset variable of a script, is an
 * error.
 *
 * @throws {UsageError} naming what is not known, or lacks its value
 */
export function readOptions<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  variables: Variables = {},
) {
  return readArguments(args, options, 0, variables).values;
}

/**
 * Reads the options and arguments of a command.
 *
 * @param most - how many arguments it takes
 * @param variables - what it takes from the environment alone
 * @throws {UsageError} naming what is not known, is empty, is too much, or lacks its value
 */
export function readArguments<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  most: number,
  variables: Variables = {},
) {
  const kept = adviceOnKeptOptions(args, options);
  if (kept !== undefined) throw new UsageError(kept);
  const parsed = parseStrictly(joinNumbers(args, options), options, variables);
  for (const [name, value] of Object.entries(parsed.values)) {
    if (typeof value === 'string' && value.trim() === '') throw new UsageError(`--${name} must not be empty`);
  }
  const more = parsed.positionals[most];
  if (more !== undefined) throw new UsageError(`Unexpected argument “${more}”`);
  return parsed;
}

function parseStrictly<const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
  variables: Variables,
) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [, unknown] = /^Unknown option '--?([^']*)'/.exec(error.message) ?? [];
    if (unknown !== undefined) {
      throw new UsageError(
        `There is no option “${unknown}”${hintOn(unknown, Object.keys(options), variables)}`,
      );
    }
    const [, name] = /^Option '(?:-\w, )?--([\w-]+)/.exec(error.message) ?? [];
    if (name === undefined) throw error;
    if (options[name]?.type === 'boolean') throw new UsageError(`--${name} takes no value`);
    const next = args[args.indexOf(`--${name}`) + 1] ?? '';
    const isValue = next.startsWith('-') && !Object.hasOwn(options, next.replace(/^--|=.*/gs, ''));
    const advice = isValue ? `; write --${name}=<value> where it begins with a dash` : '';
    throw new UsageError(`--${name} needs a value${advice}`);
  }
}

/** What was likely meant. No option but `--help` has a short form. */
function hintOn(unknown: string, names: readonly string[], variables: Variables): string {
  const variable = variables[unknown];
  if (variable !== undefined) return `; set ${variable} in the environment`;
  const whole =
    unknown.length === 1 ? names.find((name) => name.startsWith(unknown.toLowerCase())) : undefined;
  if (whole !== undefined) return `; did you mean “--${whole}”?`;
  return didYouMean(unknown, names);
}

/** `--port -1` → `--port=-1`: the value is then judged as that of its option, not as an option of its own. */
function joinNumbers(args: readonly string[], options: ParseArgsOptionsConfig): string[] {
  const joined: string[] = [];
  for (const argument of args) {
    const previous = joined.at(-1) ?? '';
    const isText = previous.startsWith('--') && options[previous.slice(2)]?.type === 'string';
    if (isText && /^-\d/.test(argument)) joined.splice(-1, 1, `${previous}=${argument}`);
    else joined.push(argument);
  }
  return joined;
}

/**
 * Reads a whole number within limits.
 *
 * @throws {UsageError} naming the option
 */
export function readNumber(option: string, text: string, maximum: number, minimum = 0): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= minimum && number <= maximum) return number;
  throw new UsageError(`--${option} must be a whole number from ${minimum} to ${maximum}, not “${text}”`);
}

/** Far longer than tokens are. */
const longestToken = 1_000;

/**
 * Reads a token.
 *
 * @param source - the option or the variable that it is from
 * @param form - what it must be, as in `visible ASCII characters`, and the pattern of that
 * @throws {UsageError} naming the source, without repeating the token
 */
export function readToken(
  source: string,
  text: string | undefined,
  [form, pattern]: readonly [string, RegExp],
): string | undefined {
  if (text === undefined || (pattern.test(text) && text.length <= longestToken)) return text;
  throw new UsageError(`${source} must be a token of at most ${longestToken} ${form}`);
}

/**
 * Reads one of several words.
 *
 * @param option - what is read, such as `--rate-limits`
 * @throws {UsageError} naming it
 */
export function readChoice<const Choice extends string>(
  option: string,
  text: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  throw new UsageError(
    `${option} must be one of ${choices.join(', ')}, not “${text}”${didYouMean(text, choices)}`,
  );
}
