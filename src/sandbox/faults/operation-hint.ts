import type { Routes } from '../gateway/routes.ts';
import { didYouMeanOperation, operationsByMethod } from './method-names.ts';
import { nearestOperation } from './nearest-operation.ts';

/**
 * Ends messages about words that should be an `operationId`, and may be the name of a method of the client, such as `members.get`,
 * or a path, such as `GET /v2/members/{memberRef}`.
 */
export function operationHints(routes: Routes): (word: string) => string {
  const operations = [...routes].flatMap(([path, methods]) =>
    Array.from(methods, ([method, { id }]) => ({ id, method, path })),
  );
  const ids = operations.map(({ id }) => id);
  const byMethod = operationsByMethod(operations);
  return (word) => {
    const [, method = 'GET', path = ''] = /^(?:([a-z]+) )?(\/.*)$/i.exec(word) ?? [];
    const id = path === '' ? null : nearestOperation(routes, method.toUpperCase(), path);
    return id === null ? didYouMeanOperation(word, ids, byMethod) : `; did you mean “${id}”?`;
  };
}
