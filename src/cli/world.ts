import type { FileNote } from '../models/export/notes.ts';
import { didYouMean } from '../models/nearest.ts';
import { type Command, readArguments, readChoice, UsageError } from './command.ts';
import { printable, writeLine } from './terminal.ts';

const help = `
Checks a file that a sandbox is to start with: a world, or an export of PluralKit or Tupperbox. It lists everything that is
wrong at once, and the fields of an export that a sandbox does not take.

Usage: pluralkit world check <file>

  -h, --help  show this

Exit codes: 0 the file can be taken, 1 it cannot, 2 wrong arguments, 3 could not write its output.`.trim();

const words = ['check'] as const;

export const worldCommand: Command = {
  summary: 'check a world file of a sandbox',
  help,
  words,
  async run(args) {
    const [action, file] = readArguments(args, {}, 2).positionals;
    if (action !== undefined && file === undefined && didYouMean(action, words) === '')
      throw new UsageError(`“world” needs “check” and one file: pluralkit world check ${action}`);
    if (action !== undefined) readChoice('What to do', action, words);
    if (!file) throw new UsageError('“world” needs “check” and one file');
    const { readWorldFileForCheck } = await import('./world-file.ts');
    const { world, omitted } = await readWorldFileForCheck(file);
    const members = world.systems.reduce((count, system) => count + system.members.length, 0);
    writeLine(
      `${file}: systems ${world.systems.length}, members ${members}, messages ${world.messages.length}`,
    );
    if (omitted.length > 0) writeLine(describeOmitted(omitted));
    return undefined;
  },
};

/** Lists the parts of an export that a sandbox omits. */
export function describeOmitted(omitted: readonly FileNote[]): string {
  return ['Omitted:', ...omitted.map(({ path, message }) => `  ${printable(path)}: ${message}`)].join('\n');
}
