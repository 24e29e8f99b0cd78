import { objectOr, type SourceObject, type SourceOperation } from './source.ts';

/**
 * Adds `x-rate-limit`: what an operation counts as. Reads and writes have limits apart, and so have calls to the caller's
 * own system, where the path names a system, member, group or switch and the root has such limits. What an operation
 * says itself, such as the scope that the server documents, stays.
 */
export function addRateLimits(root: SourceObject, operations: readonly SourceOperation[]): void {
  const limits = objectOr(root['x-rate-limits']);
  for (const { node, method, path } of operations) {
    const kind = method === 'get' ? 'get' : 'update';
    const ownSystemScope = `own_system_${kind}`;
    const hasOwn = /\{\w+Ref\}/.test(path) && ownSystemScope in limits;
    node['x-rate-limit'] = {
      scope: `generic_${kind}`,
      ...(hasOwn && { ownSystemScope }),
      ...objectOr(node['x-rate-limit']),
    };
  }
}
