import packageJson from '../../package.json' with { type: 'json' };
import { didYouMean } from '../models/nearest.ts';
import { type Command, CommandError, readArguments, UsageError } from './command.ts';
import { completionCommand } from './completion.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { sandboxCommand } from './sandbox.ts';
import { describeError, styled, writeError, writeLine } from './terminal.ts';
import { verifyCommand } from './verify.ts';
import { webhookCommand } from './webhook.ts';
import { worldCommand } from './world.ts';

const commands: Readonly<Record<string, Command>> = {
  sandbox: sandboxCommand,
  webhook: webhookCommand,
  verify: verifyCommand,
  world: worldCommand,
  completion: completionCommand(() => commands),
  export: exportCommand,
  import: importCommand,
};

/**
 * Runs the program.
 *
 * @param args - the command line after the program's name
 * @returns the exit code: 0, 1 or 3 where the command failed, or 2 where the command line is wrong
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined) throw new UsageError('Which command?');
    if (name === '--version' || name === '-v' || name === 'version') {
      readArguments(rest, {}, 0);
      writeLine(packageJson.version);
    } else if (name === '--help' || name === '-h' || name === 'help') {
      const [topic] = readArguments(rest, {}, 1).positionals;
      writeLine(topic === undefined ? programHelp() : findCommand(topic).help);
    } else {
      const command = findCommand(name);
      if (isHelpWanted(rest)) writeLine(command.help);
      else return (await command.run(rest)) ?? 0;
    }
    return 0;
  } catch (error) {
    return report(error, name);
  }
}

function programHelp(): string {
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

/** @throws {UsageError} where there is no such command */
function findCommand(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  const isOption = name.startsWith('-');
  const known = isOption ? ['--help', '--version'] : [...Object.keys(commands), 'help', 'version'];
  throw new UsageError(`There is no ${isOption ? 'option' : 'command'} “${name}”${didYouMean(name, known)}`);
}

function isHelpWanted(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

function report(error: unknown, name: string | undefined): number {
  if (error instanceof UsageError) {
    const known = name !== undefined && Object.hasOwn(commands, name);
    const sentence = error.message.endsWith('?') ? error.message : `${error.message}.`;
    writeError(`${sentence} See: pluralkit ${known ? `${name} ` : ''}--help`);
    return 2;
  }
  writeError(error instanceof CommandError ? error.message : describeError(error));
  return error instanceof CommandError ? error.exitCode : 1;
}
