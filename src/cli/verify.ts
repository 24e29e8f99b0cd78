import { parseGroupReference, parseMemberReference, parseSystemReference } from '../models/reference.ts';
import { parseSnowflake } from '../models/snowflake.ts';
import { apiVariables, type Command, readOptions, UsageError } from './command.ts';

/** The options of `pluralkit verify`. */
export interface VerifyCommandOptions {
  /** Values of the document's parameters, by name. */
  readonly references: Readonly<Record<string, string | undefined>>;
  readonly json: boolean;
}

const help = `
Checks the document against a server: reads every GET operation that it can reach, as the owner of the token and as
anyone, and holds status, headers and bodies against the document. It changes nothing, keeps within the rate limits, and takes
about a minute.

The report has names and types only, never a value, so that it can be shown in public.

Usage: pluralkit verify [options]

  --system <reference>   the system to read (default: @me with a token, else exmpl)
  --member <reference>   a member to read (default: the first of the system)
  --group <reference>    a group to read (default: the first of the system)
  --guild <id>           a guild that the system has settings for; without it, those operations are skipped
  --message <id>         a proxied message (default: one that does not exist)
  --json                 print the report as JSON
  -h, --help             show this

Environment:

  PLURALKIT_URL          address of the API (default: https://api.pluralkit.me/v2)
  PLURALKIT_TOKEN        token of a system; without it, only what is public is read

Exit codes: 0 no difference, 1 differences or no response, 2 wrong options or environment,
3 could not write its output, 130 interrupted, 143 terminated.`.trim();

export const verifyCommand: Command = {
  summary: 'check the document against a server, with reads alone',
  help,
  async run(args) {
    const options = readVerifyOptions(args);
    const { runVerify } = await import('./run-verify.ts');
    return runVerify(options);
  },
};

/** @throws {UsageError} where the command line is wrong */
function readVerifyOptions(args: readonly string[]): VerifyCommandOptions {
  const text = { type: 'string' } as const;
  const options = {
    ...{ system: text, member: text, group: text, guild: text, message: text },
    json: { type: 'boolean', default: false },
  } as const;
  const { json, system, member, group, guild, message } = readOptions(args, options, apiVariables);
  const references = {
    systemRef: readReference('system', system, parseSystemReference),
    memberRef: readReference('member', member, parseMemberReference),
    groupRef: readReference('group', group, parseGroupReference),
    guild_id: readReference('guild', guild, parseSnowflake),
    message_id: readReference('message', message, parseSnowflake),
  };
  return { json, references };
}

/**
 * Checks a reference, which is sent as it was written.
 *
 * @throws {UsageError} where it can name nothing
 */
function readReference(
  option: string,
  text: string | undefined,
  parse: (text: string) => unknown,
): string | undefined {
  if (text === undefined) return undefined;
  try {
    parse(text);
    return text;
  } catch {
    throw new UsageError(`--${option} can't be “${text}”, which names no ${option}`);
  }
}
