import type { Buckets } from './buckets.ts';

/** Learns the owners of systems, members, groups and switches from a response: a model or a list of them, with the members in each. */
export function learnOwners({ own, isOwn }: Buckets, method: string, path: string, content: unknown): void {
  /** @returns whether it is the caller's own; undefined where that is not known */
  const learn = (model: unknown, isOther: boolean | undefined, isSystem: boolean) => {
    const { id, uuid, system } = Object(model);
    const owner = system?.uuid ?? system;
    const isTheirs = typeof owner === 'string' ? own.has(owner, true) : isOther;
    for (const reference of [id, uuid])
      if (typeof reference === 'string' && isTheirs !== undefined) own.set(reference, isTheirs, isSystem);
    return isTheirs;
  };
  // What the caller creates belongs to its system.
  const isCreated = method === 'POST' && /^\/\w+$/.test(path);
  const isSystem = /^\/systems\/[^/]+$/.test(path);
  for (const model of [content].flat()) {
    const isTheirs = learn(model, isCreated || isOwn(), isSystem);
    const { member, members } = Object(model);
    for (const one of [member, members].flat()) learn(one, isTheirs, false);
  }
}
