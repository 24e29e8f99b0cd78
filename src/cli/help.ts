import { didYouMean } from '../models/nearest.ts';
import { aliases, type Command, type Commands, readArguments, UsageError } from './command.ts';
import { styled, writeLine } from './terminal.ts';

const help = `
Shows what the program can do, or how to use a command.

Usage: pluralkit help [command]

  -h, --help  show this

Exit codes: 0 shown, 2 unknown command or wrong arguments, 3 could not write its output.`.trim();

/** @param commands - all of the program */
export function helpCommand(commands: () => Commands): Command {
  return {
    summary: 'show this, or the help of a command',
    help,
    get words() {
      return Object.keys(commands());
    },
    async run(args) {
      const [topic] = readArguments(args, {}, 1).positionals;
      writeLine(topic === undefined ? programHelp(commands()) : findCommand(topic, commands()).help);
      return undefined;
    },
  };
}

/** @throws {UsageError} where there is no such command */
export function findCommand(name: string, commands: Commands): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  const isOption = name.startsWith('-');
  const known = isOption ? aliases.keys() : Object.keys(commands);
  throw new UsageError(`There is no ${isOption ? 'option' : 'command'} “${name}”${didYouMean(name, known)}`);
}

function programHelp(commands: Commands): string {
  const list = Object.entries(commands).map(
    ([name, { summary }]) => `  ${styled('bold', name.padEnd(12))}${summary}`,
  );
  return `
Tools for those who build on the PluralKit API.

Usage: pluralkit <command> [options]

${list.join('\n')}

  -h, --help     show this, or the help of a command
  -v, --version  show the version

Exit codes: 0 done, 1 failed, 2 wrong command line, 3 could not write the output;
the help of a command names the others.

For fixed examples instead of a server with a memory, give the document to Prism:
  npx @stoplight/prism-cli mock node_modules/pluralkit-openapi/generated/v2/openapi.yaml`.trim();
}
