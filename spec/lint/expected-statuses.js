import { arrayOr, isObject, objectOr, securityOf, takesAnyone } from './read.js';

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Lists that a system can make private. A single object is never rejected for privacy; its private fields are null. */
const privateLists = ['members', 'groups', 'switches', 'fronters'];

/**
 * The reasons for each error status, in the server's order of checks.
 *
 * @type {Record<string, { why: string, applies: (call: Call) => boolean }>}
 */
export const errorReasons = {
  400: { why: 'a body may be unreadable', applies: ({ hasBody }) => hasBody },
  401: {
    why: 'a token is needed, or `@me` may be asked for without one',
    applies: ({ open, takesMe }) => !open || takesMe,
  },
  403: {
    why: 'it may be about what is not the caller’s, lack the key’s permission, or ask for a list that is private',
    applies: ({ open, byKey, parameters, isPrivateList }) =>
      isPrivateList || (!open && (byKey || parameters.length > 0)),
  },
  404: {
    why: 'its path names something that may not exist',
    applies: ({ parameters }) => parameters.length > 0,
  },
  415: { why: 'a body may be of another type', applies: ({ hasBody }) => hasBody },
  429: { why: 'it counts for a rate limit', applies: () => true },
};

/** Status codes that may have other reasons, too, such as an invalid query. */
const alsoElsewhere = ['400'];

/**
 * @typedef {object} Call
 * @property {boolean} open - whether no token is needed
 * @property {boolean} byKey - whether an API key may be sent
 * @property {import('./read.js').Node[]} parameters - those in the path
 * @property {boolean} takesMe
 * @property {boolean} hasBody
 * @property {boolean} isPrivateList
 */

/**
 * @param {unknown} pathItem
 * @param {unknown} _options
 * @param {import('./read.js').Context} context
 * @returns {import('./read.js').Fault[]}
 */
export default function expectedStatuses(pathItem, _options, context) {
  const item = objectOr(pathItem);
  const path = String(context.path.at(-1));
  return methods.flatMap((method) => {
    const operation = item[method];
    if (!isObject(operation)) return [];
    const call = callOf(item, operation, securityOf(operation, context), method, path);
    const documented = Object.keys(objectOr(operation.responses));
    return Object.entries(errorReasons).flatMap(([status, { why, applies }]) => {
      const expected = applies(call);
      const place = [...context.path, method, 'responses'];
      if (expected && !documented.includes(status)) {
        return [{ message: `Lacks ${status}: ${why}.`, path: place }];
      }
      if (!expected && documented.includes(status) && !alsoElsewhere.includes(status)) {
        return [
          { message: `Has ${status}, which the server gives only where ${why}.`, path: [...place, status] },
        ];
      }
      return [];
    });
  });
}

/**
 * @param {import('./read.js').Node} item
 * @param {import('./read.js').Node} operation
 * @param {unknown[]} security
 * @param {string} method
 * @param {string} path
 * @returns {Call}
 */
export function callOf(item, operation, security, method, path) {
  const parameters = [...arrayOr(item.parameters), ...arrayOr(operation.parameters)]
    .map(objectOr)
    .filter((parameter) => parameter.in === 'path');
  const open = takesAnyone(security);
  const lastSegment = path.split('/').at(-1) ?? '';
  return {
    open,
    byKey: security.some((scheme) => 'ApiKey' in objectOr(scheme)),
    parameters,
    takesMe: parameters.some(({ schema }) => {
      const { pattern } = objectOr(schema);
      return typeof pattern === 'string' && new RegExp(pattern, 'u').test('@me');
    }),
    hasBody: 'requestBody' in operation,
    isPrivateList: method === 'get' && open && privateLists.includes(lastSegment),
  };
}
