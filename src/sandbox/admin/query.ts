import { shorten } from '../../models/shorten.ts';
import { queryIn, targetIn } from '../http/target.ts';
import { WorldError } from '../world/problems.ts';
import { object, oneOf, type Shape, text, withDefault } from '../world/shape.ts';

const digits = text('a whole number', (value) => /^\d{1,15}$/.test(value));

/** The query of `GET /_sandbox/requests`. */
export const requestsQuery = object({
  after: withDefault(digits, '0'),
  format: withDefault(oneOf('json', 'har'), 'json'),
});

/** The queries of the routes, by method and path below `/_sandbox`; all others take none. */
const queries = new Map<string, Shape<unknown, unknown>>([['GET /requests', requestsQuery]]);

/** The query of a request, by name. Hono's reader is quadratic in the number of `&`. */
export function queryOf({ url }: { readonly url: string }): Readonly<Record<string, string>> {
  return Object.fromEntries(queryIn(targetIn(url)));
}

/**
 * Checks the query of a request that a route takes.
 *
 * @param route - its method and its path below `/_sandbox`
 * @throws {WorldError} naming what is wrong
 */
export function assertQuery(query: Readonly<Record<string, string>>, route: string): void {
  const shape = queries.get(route);
  if (shape !== undefined) shape.read(query, 'The query');
  const [name] = shape === undefined ? Object.keys(query) : [];
  if (name !== undefined) throw new WorldError(shorten(name), `is not known: ${route} takes no query`);
}
