import { objectOr } from './read.js';

/**
 * @param {unknown} response
 * @param {{ headers: string[] }} options
 */
export default function commonHeaders(response, { headers }) {
  const present = Object.keys(objectOr(objectOr(response).headers));
  const missing = headers.filter((header) => !present.includes(header));
  return missing.length === 0 ? [] : [{ message: `Lacks ${missing.join(', ')}.` }];
}
