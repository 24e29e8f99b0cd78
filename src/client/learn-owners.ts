import { isObject } from '../models/is-object.ts';
import type { Buckets } from './buckets.ts';
import type { OwnReferences } from './own-references.ts';

/** Members within switches within a list are the deepest that a response has. */
const DEEPEST = 4;

/** Learns the owners of systems, members, groups and switches from a response. */
export function learnOwners({ own, isOwn }: Buckets, method: string, path: string, content: unknown): void {
  // What the caller creates belongs to its system.
  const isCreated = method === 'POST' && /^\/\w+$/.test(path);
  addAll(own, content, isCreated || isOwn(), /^\/systems\/[^/]+$/.test(path), 0);
}

/** @param isOwn - whose it is, where the models do not name their system; undefined where that is not known */
function addAll(
  own: OwnReferences,
  content: unknown,
  isOwn: boolean | undefined,
  isSystem: boolean,
  depth: number,
): void {
  if (depth > DEEPEST) return;
  if (Array.isArray(content)) for (const one of content) addAll(own, one, isOwn, false, depth + 1);
  if (!isObject(content)) return;
  const { id, uuid, system, member, members } = content;
  const owner = isObject(system) ? system.uuid : system;
  const itsOwn = typeof owner === 'string' ? own.has(owner, true) : isOwn;
  for (const reference of [id, uuid])
    if (typeof reference === 'string' && itsOwn !== undefined) own.set(reference, itsOwn, isSystem);
  for (const one of [member, members]) addAll(own, one, itsOwn, false, depth + 1);
}
