import { arrayOr, isObject, objectOr } from './read.js';

/**
 * @param {unknown} operation
 * @returns {import('./read.js').Fault[]}
 */
export default function keyScope(operation) {
  const { security, 'x-api-key-scope': scope } = objectOr(operation);
  const scheme = arrayOr(security).find((one) => 'ApiKey' in objectOr(one));
  if (!scheme && scope === undefined) return [];
  if (!isObject(scope)) return [{ message: 'Takes API keys, but has no `x-api-key-scope`.' }];
  if (!scheme) return [{ message: 'Has `x-api-key-scope`, but takes no API keys.' }];
  const wanted = `${scope.level}:${scope.part}`;
  const named = arrayOr(objectOr(scheme).ApiKey);
  return named.length === 1 && named[0] === wanted
    ? []
    : [{ message: `Security asks for \`${named.join(', ')}\`, \`x-api-key-scope\` for \`${wanted}\`.` }];
}
