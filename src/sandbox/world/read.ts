import { isObject } from '../../models/is-object.ts';
import { completeWorld } from './complete.ts';
import { exportedSystem, isExport } from './export.ts';
import { assertFewWithoutIds } from './limit.ts';
import { Problems } from './problems.ts';
import { fieldsOf } from './shape.ts';
import { type FullWorld, systemShape, worldShape } from './world.ts';

const fieldsOfSystem = fieldsOf(systemShape);
const fieldsOfWorld = fieldsOf(worldShape);

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
  const factory = placeOfFactory(value);
  if (factory !== undefined) {
    problems.add(
      factory,
      'is a factory or a sandbox: give what its world() returns, or what worldOf() makes of factories',
    );
    return { systems: [], messages: [] };
  }
  if (Array.isArray(value) ? value.some(isSystem) : isSystem(value)) {
    problems.add('', 'must have the system in a list: { systems: [{ … }] }');
    return { systems: [], messages: [] };
  }
  return completeWorld(worldShape.check(withoutSchemaName(value), '', problems));
}

/** The place of a factory, or of a sandbox, where a world or a system should be. */
function placeOfFactory(value: unknown): string | undefined {
  if (isObject(value) && Array.isArray(value.systems)) {
    const index = value.systems.findIndex(hasWorld);
    return index === -1 ? undefined : `systems[${index}]`;
  }
  return hasWorld(value) ? '' : undefined;
}

function hasWorld(value: unknown): boolean {
  return isObject(value) && typeof value.world === 'function';
}

/** Whether a value is a system without a world around it. */
function isSystem(value: unknown): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return keys.some((key) => fieldsOfSystem.has(key)) && !keys.some((key) => fieldsOfWorld.has(key));
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
