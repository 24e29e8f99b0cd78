import { apiVariables, type Command, readArguments, UsageError } from './command.ts';

/** The options of `pluralkit import`. */
export interface ImportCommandOptions {
  /** Path of the export. */
  readonly file: string;
  readonly dryRun: boolean;
  /** Does not ask. */
  readonly yes: boolean;
}

const help = `
Writes an export into your own system: one of pluralkit export, of the bot (pk;export) or of Tupperbox. It changes fields
that differ, makes members and groups that are missing, and adds switches. It deletes nothing. Members and groups are
found by id, else by exact name.

It shows the changes first and asks. An import that was stopped goes on where it was when it is started again. It keeps
within the rate limits: three changes a second. For thousands of switches the bot's pk;import is faster. Do not run two
imports into one system at the same time: both would create what is missing.

Usage: pluralkit import <file> [options]

  --dry-run              only show the changes
  --yes                  do not ask
  -h, --help             show this

Environment:

  PLURALKIT_URL          address of the API (default: https://api.pluralkit.me/v2)
  PLURALKIT_TOKEN        token of your system

Exit codes: 0 done, 1 failed or not confirmed, 2 wrong options or environment,
3 could not write its output, 130 interrupted, 143 terminated.`.trim();

export const importCommand: Command = {
  summary: 'write an export into your own system',
  help,
  async run(args) {
    const options = readImportOptions(args);
    const { runImport } = await import('./run-import.ts');
    return runImport(options);
  },
};

/** @throws {UsageError} where the command line is wrong */
function readImportOptions(args: readonly string[]): ImportCommandOptions {
  const options = {
    'dry-run': { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = readArguments(args, options, 1, apiVariables);
  const [file] = positionals;
  if (!file) throw new UsageError('Which file?');
  return { file, dryRun: values['dry-run'], yes: values.yes };
}
