import { objectOr, type SourceObject, type SourceOperation } from './source.ts';

/**
 * Adds `x-rate-limit`, the scopes that an operation counts in. Reads and writes have separate scopes. So have calls to the
 * caller's own system, where the path names a system, member, group or switch and the root has such limits. Keys that an
 * operation has itself, such as the documented scope, take precedence.
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
