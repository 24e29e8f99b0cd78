import type { Routes } from '../gateway/routes.ts';
import { didYouMeanOperation, operationsByMethod } from './method-names.ts';
import { nearestOperation } from './nearest-operation.ts';

/**
 * The end of a message about a word that should be an `operationId`, and may be the name of a method of the client, such as
 * `members.get`, or a path, such as `GET /v2/members/{memberRef}`.
 */
export function operationHint(routes: Routes, word: string): string {
  const [, method = 'GET', path = ''] = /^(?:([a-z]+) )?(\/.*)$/i.exec(word) ?? [];
  const nearest = path === '' ? null : nearestOperation(routes, method.toUpperCase(), path);
  if (nearest !== null) return `; did you mean “${nearest}”?`;
  const operations = [...routes].flatMap(([template, methods]) =>
    Array.from(methods, ([name, { id }]) => ({ id, method: name, path: template })),
  );
  return didYouMeanOperation(
    word,
    operations.map(({ id }) => id),
    operationsByMethod(operations),
  );
}
