import { arrayOr, objectOr, takesAnyone } from './read.js';

/**
 * @param {unknown} holder - the document, or an operation
 * @returns {import('./read.js').Fault[]}
 */
export default function securityOrder(holder) {
  const security = arrayOr(objectOr(holder).security);
  if (!takesAnyone(security.slice(0, -1))) return [];
  return [{ message: '`{}` is not the last: converters to Postman and MCP take the first for the rule.' }];
}
