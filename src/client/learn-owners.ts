import type { Buckets } from './buckets.ts';
import { isObject } from './json.ts';

/** Members within switches within a list are the deepest that a response has. */
const DEEPEST = 4;

/** Remembers what a response tells of whose systems, members, groups and switches are. */
export function learnOwners(buckets: Buckets, method: string, path: string, content: unknown): void {
  if (path === '/systems/@me' && isObject(content)) {
    buckets.own.addSystem(content.id);
    buckets.own.addSystem(content.uuid);
  }
  // What is created is one's own.
  const isCreated = method === 'POST' && /^\/\w+$/.test(path);
  addAll(buckets, content, isCreated || buckets.isOwn(path), 0);
}

/** @param isOwn - whose it is, where the models do not name their system; undefined where that is not known */
function addAll(buckets: Buckets, content: unknown, isOwn: boolean | undefined, depth: number): void {
  if (depth > DEEPEST || !isObject(content)) return;
  if (Array.isArray(content)) {
    for (const item of content) addAll(buckets, item, isOwn, depth + 1);
    return;
  }
  const { id, uuid, system, member, members } = content;
  const owner = isObject(system) ? system.uuid : system;
  const own = typeof owner === 'string' ? buckets.own.hasSystem(owner) : isOwn;
  for (const reference of [id, uuid])
    if (typeof reference === 'string' && own !== undefined) buckets.own.set(reference, own);
  for (const inner of [member, members]) addAll(buckets, inner, own, depth + 1);
}
