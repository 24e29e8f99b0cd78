import { appScope, scopesOf } from './rate-limiter.ts';
import type { Routes } from './routes.ts';

/** Every scope that a request to one of the routes may count under. */
export function rateLimitScopes(routes: Routes): ReadonlySet<string> {
  const limits = [...routes.values()].flatMap((methods) =>
    [...methods.values()].map(({ rateLimit }) => rateLimit),
  );
  const all = [...limits, scopesOf('GET'), scopesOf('POST')];
  const names = all.flatMap(({ scope, ownSystemScope, documentedScope }) => [
    scope,
    ownSystemScope,
    documentedScope,
  ]);
  return new Set([...names.filter((name) => name !== undefined), appScope]);
}
