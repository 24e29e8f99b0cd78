import { isObject, objectOr } from './read.js';

/**
 * @param {unknown} operation
 * @param {unknown} _options
 * @param {import('./read.js').Context} context
 * @returns {import('./read.js').Fault[]}
 */
export default function rateLimitScope(operation, _options, context) {
  const limit = objectOr(operation)['x-rate-limit'];
  if (!isObject(limit)) return [{ message: 'Has no `x-rate-limit`.' }];
  const kind = context.path.at(-1) === 'get' ? 'get' : 'update';
  /** @type {Record<string, string[]>} */
  const allowed = {
    scope: [`generic_${kind}`, ...(kind === 'get' ? ['message'] : [])],
    ownSystemScope: [`own_system_${kind}`],
    documentedScope: ['generic_get', 'generic_update', 'message'],
  };
  const path = [...context.path, 'x-rate-limit'];
  if (!('scope' in limit)) return [{ message: 'Names no `scope`.', path }];
  return Object.entries(limit)
    .filter(([key, scope]) => !allowed[key]?.includes(String(scope)))
    .map(([key, scope]) => ({
      message: `\`${key}: ${scope}\` is none of: ${allowed[key]?.join(', ') ?? 'no such key'}.`,
      path: [...path, key],
    }));
}
