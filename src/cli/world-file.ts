import type { FileNote } from '../models/export/notes.ts';
import { parseJsonKeepingDigits } from '../models/export/parse.ts';
import { omittedFromWorld } from '../sandbox/world/export.ts';
import { loadWorld } from '../sandbox/world/load.ts';
import { describeProblem, WorldError, type WorldProblem } from '../sandbox/world/problems.ts';
import { readWorld } from '../sandbox/world/read.ts';
import type { FullWorld } from '../sandbox/world/world.ts';
import { CommandError } from './command.ts';
import { readText } from './read-text.ts';

/** A world that a file holds. */
export interface WorldFile {
  readonly world: FullWorld;
  /** The parts of an export that a world omits. */
  readonly omitted: readonly FileNote[];
}

/**
 * Reads a file that holds a world, or an export of PluralKit or Tupperbox.
 *
 * @throws {CommandError} where it cannot be read, is no JSON, or holds no world: then it names the paths of all that is wrong
 */
export async function readWorldFile(file: string): Promise<WorldFile> {
  const checked = await checkWorldFile(file);
  if (checked instanceof WorldError) throw new CommandError(`${file}: ${checked.message}`);
  return checked;
}

/**
 * Reads the same for a check.
 *
 * @throws {CommandError} where it cannot be read, is no JSON, or holds no world: then it lists every problem
 */
export async function readWorldFileForCheck(file: string): Promise<WorldFile> {
  const checked = await checkWorldFile(file);
  if (checked instanceof WorldError) throw new CommandError(listOf(file, checked.problems));
  return checked;
}

async function checkWorldFile(file: string): Promise<WorldFile | WorldError> {
  const value = parse(file, await read(file));
  try {
    loadWorld(value); // throws where anything is wrong
    return { world: readWorld(value), omitted: omittedFromWorld(value) };
  } catch (error) {
    if (error instanceof WorldError) return error;
    throw error;
  }
}

function listOf(file: string, problems: readonly WorldProblem[]): string {
  const lines = problems.map((problem) => `  ${describeProblem(problem, 'The world')}`);
  return [`${file}: ${lines.length} ${lines.length === 1 ? 'problem' : 'problems'}`, ...lines].join('\n');
}

async function read(file: string): Promise<string> {
  try {
    return await readText(file);
  } catch (error) {
    throw new CommandError(`Cannot read the world ${file}: ${messageOf(error)}`);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return parseJsonKeepingDigits(text);
  } catch (error) {
    throw new CommandError(`${file} is no JSON: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
