import packageJson from '../../package.json' with { type: 'json' };
import { type Command, readOptions } from './command.ts';
import { writeLine } from './terminal.ts';

const help = `
Shows the version of the program.

Usage: pluralkit version

  -h, --help  show this

Exit codes: 0 shown, 2 wrong arguments, 3 could not write its output.`.trim();

export const versionCommand: Command = {
  summary: 'show the version',
  help,
  async run(args) {
    readOptions(args, {});
    writeLine(packageJson.version);
    return undefined;
  },
};
