import { parseSystemReference } from '../models/reference.ts';
import { apiVariables, type Command, readArguments, UsageError } from './command.ts';

/** The options of `pluralkit export`. */
export interface ExportCommandOptions {
  readonly system: string;
  /** Path of the file; undefined for the standard output. */
  readonly out: string | undefined;
}

const help = `
Writes a whole system as JSON: its settings, members, groups and switches, in the form of the bot's own export, which
pk;import and pluralkit import take. It reads only, and keeps within the rate limits: a thousand switches a second.
What the token does not see is not in it; a note on the standard error says so first.

Usage: pluralkit export [system] [options]

  system                 @me, an id, a UUID or a Discord account's id (default: @me); of others only what is public
  --out <file>           write to this file, once all is there (default: standard output)
  -h, --help             show this

Environment:

  PLURALKIT_URL          address of the API (default: https://api.pluralkit.me/v2)
  PLURALKIT_TOKEN        token of your system

Exit codes: 0 done, 1 failed, 2 wrong options or environment,
3 could not write its output, 130 interrupted, 143 terminated.`.trim();

export const exportCommand: Command = {
  summary: 'write a whole system as JSON, in the form of the bot',
  help,
  async run(args) {
    const options = readExportOptions(args);
    const { runExport } = await import('./run-export.ts');
    return runExport(options);
  },
};

/** @throws {UsageError} where the command line is wrong */
function readExportOptions(args: readonly string[]): ExportCommandOptions {
  const { values, positionals } = readArguments(args, { out: { type: 'string' } }, 1, apiVariables);
  const [system = '@me'] = positionals;
  try {
    return { system: parseSystemReference(system).value, out: values.out };
  } catch {
    throw new UsageError(`“${system}” names no system`);
  }
}
