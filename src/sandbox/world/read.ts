import { completeWorld } from './complete.ts';
import { exportedSystem, isExport } from './export.ts';
import { type FullWorld, systemShape, worldShape } from './world.ts';

/**
 * Reads a world: fills what is omitted, and makes up ids. An export of PluralKit or Tupperbox is taken, too, as a world of one system.
 *
 * @param value - as a file holds it, parsed; it may name its schema by `$schema`
 * @throws {WorldError} naming the paths of all that has a wrong form
 */
export function readWorld(value: unknown): FullWorld {
  if (isExport(value)) {
    return completeWorld({ systems: [systemShape.read(exportedSystem(value).system, '')], messages: [] });
  }
  return completeWorld(worldShape.read(withoutSchemaName(value), ''));
}

function withoutSchemaName(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$schema' in value)) return value;
  const { $schema: _, ...world } = value;
  return world;
}
