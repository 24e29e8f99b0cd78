import { aliases, CommandError, type Commands, UsageError } from './command.ts';
import { completionCommand } from './completion.ts';
import { exportCommand } from './export.ts';
import { findCommand, helpCommand } from './help.ts';
import { importCommand } from './import.ts';
import { sandboxCommand } from './sandbox.ts';
import { describeError, writeError, writeLine } from './terminal.ts';
import { verifyCommand } from './verify.ts';
import { versionCommand } from './version.ts';
import { webhookCommand } from './webhook.ts';
import { worldCommand } from './world.ts';

const commands: Commands = {
  sandbox: sandboxCommand,
  webhook: webhookCommand,
  verify: verifyCommand,
  world: worldCommand,
  export: exportCommand,
  import: importCommand,
  completion: completionCommand(() => commands),
  help: helpCommand(() => commands),
  version: versionCommand,
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
    const command = findCommand(aliases.get(name) ?? name, commands);
    if (!isHelpWanted(rest)) return (await command.run(rest)) ?? 0;
    writeLine(command.help);
    return 0;
  } catch (error) {
    return report(error, name);
  }
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
