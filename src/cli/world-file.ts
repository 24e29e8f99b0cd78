import { readFile } from 'node:fs/promises';
import { parseJsonKeepingDigits } from '../models/export/parse.ts';
import { loadWorld } from '../sandbox/world/load.ts';
import { readWorld } from '../sandbox/world/read.ts';
import { WorldError } from '../sandbox/world/shape.ts';
import type { World } from '../sandbox/world/world.ts';
import { CommandError } from './command.ts';

/**
 * Reads a file that holds a world.
 *
 * @throws {CommandError} where it cannot be read, is no JSON, or holds no world: then it names the paths of all that is wrong
 */
export async function readWorldFile(file: string): Promise<World> {
  const value = parse(file, await read(file));
  try {
    const world = readWorld(value);
    loadWorld(world); // finds references to nothing
    return world;
  } catch (error) {
    if (error instanceof WorldError) throw new CommandError(`${file}: ${error.message}`);
    throw error;
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
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
