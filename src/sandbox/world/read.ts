import { completeWorld } from './complete.ts';
import { exportedSystem, isExport } from './export.ts';
import { assertFewWithoutIds } from './limit.ts';
import { Problems } from './problems.ts';
import { type FullWorld, systemShape, worldShape } from './world.ts';

/**
 * Reads a world: fills what is omitted, and makes up ids. An export of PluralKit or Tupperbox is taken, too, as a world of one system.
 *
 * @param value - as a file holds it, parsed; it may name its schema by `$schema`
 * @throws {WorldError} naming the paths of all that has a wrong form
 */
export function readWorld(value: unknown): FullWorld {
  const problems = new Problems('The world');
  const world = checkWorld(value, problems);
  problems.end();
  return world;
}

/**
 * Reads a world and adds what has a wrong form to the problems. The world that it returns then is only good for finding
 * further problems.
 */
export function checkWorld(value: unknown, problems: Problems): FullWorld {
  if (isExport(value)) {
    const { system: exported, problems: found } = exportedSystem(value);
    for (const { path, problem } of found) problems.add(path, problem);
    const inSystem = new Problems('The export', inExport);
    const system = systemShape.check(exported, '', inSystem);
    for (const { path, problem } of inSystem.found) problems.add(path, problem);
    return completeWorld({ systems: [system], messages: [] });
  }
  assertFewWithoutIds(value);
  return completeWorld(worldShape.check(withoutSchemaName(value), '', problems));
}

/** The place in an export: its settings are under another name. */
function inExport(path: string): string {
  return path.replace(/^settings\b/, 'config');
}

function withoutSchemaName(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$schema' in value)) return value;
  const { $schema: _, ...world } = value;
  return world;
}
