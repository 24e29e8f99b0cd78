import { didYouMean } from '../../models/nearest.ts';
import { shorten } from '../../models/shorten.ts';

/** A route under `/_sandbox`, with the whole path. */
interface AdminRoute {
  readonly method: string;
  readonly path: string;
}

/**
 * Says what was likely meant by a request that no route takes: another method, a similar path or, where none is similar, one of
 * those that are there.
 *
 * @param base - what all paths begin with, which is no likeness
 */
export function describeUnknownRoute(
  { method, path }: AdminRoute,
  routes: readonly AdminRoute[],
  base: string,
): string {
  const below = (whole: string) => whole.slice(base.length).replace(/^\/|\/$/g, '');
  const asked = below(path);
  const paths = [...new Set(routes.map((route) => below(route.path)))];
  const methods = routes.flatMap((route) => (below(route.path) === asked ? route.method : []));
  return `The sandbox has no route ${shorten(`${method} ${path}`)}${
    methods.length > 0
      ? `; ${asked} takes ${methods.join(', ')}`
      : didYouMean(asked, paths) || listOf(asked, paths)
  }`;
}

/** The paths within the one that was asked for; else the first segments of all. */
function listOf(asked: string, paths: readonly string[]): string {
  const within = paths.filter((path) => path.startsWith(`${asked}/`));
  const firsts = new Set(paths.map((path) => path.split('/', 1).join()));
  return `; routes: ${[...(within.length > 0 ? within : firsts)].join(', ')}`;
}
