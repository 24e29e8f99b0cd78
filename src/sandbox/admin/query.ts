import { shorten } from '../../models/shorten.ts';
import { queryIn, targetIn } from '../http/target.ts';
import { WorldError } from '../world/problems.ts';
import { object, oneOf, type Read, text, withDefault } from '../world/shape.ts';

const digits = text('a whole number', (value) => /^\d{1,15}$/.test(value));

/** The query of the route of requests, the only one that takes any. */
const requestsQuery = object({
  after: withDefault(digits, '0'),
  format: withDefault(oneOf('json', 'har'), 'json'),
});

/** The method and the path below `/_sandbox` of the route that reads its query itself. */
export const routeWithQuery = 'GET /requests';

/** @throws {WorldError} naming what is wrong */
export function readRequestsQuery(url: string): Read<typeof requestsQuery> {
  // Hono's reader is quadratic in the number of `&`.
  return requestsQuery.read(Object.fromEntries(queryIn(targetIn(url))), 'The query');
}

/**
 * Rejects the query of a request that a route takes.
 *
 * @param route - its method and its path below `/_sandbox`
 * @throws {WorldError} naming the first of its names
 */
export function rejectQuery(url: string, route: string): void {
  const [name] = queryIn(targetIn(url)).keys();
  if (name !== undefined) throw new WorldError(shorten(name), `is not known: ${route} takes no query`);
}
