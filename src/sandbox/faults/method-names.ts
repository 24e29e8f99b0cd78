import { methods } from '../../../generated/v2/methods.ts';
import { didYouMean, nearest } from '../../models/nearest.ts';

/** The part of an operation that tells which method of the client calls it. */
export interface CalledOperation {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** From the server's root on, with parameters in braces, or after a colon. */
  readonly path: string;
}

/** The operation that each method of the client calls, by names: `getMember` by `members.get`. */
export function operationsByMethod(operations: Iterable<CalledOperation>): ReadonlyMap<string, string> {
  const ids = new Map(Array.from(operations, ({ id, method, path }) => [keyOf(method, path), id]));
  return new Map(
    Object.entries(methods).flatMap(([group, entries]) =>
      Object.entries(entries).flatMap(([name, entry]: [string, string]) => {
        const [method = '', path = ''] = entry.split(/[ ?]/);
        const id = ids.get(keyOf(method, `/v2${path}`));
        return id === undefined ? [] : [[`${group}.${name}`, id] as const];
      }),
    ),
  );
}

function keyOf(method: string, path: string): string {
  return `${method} ${path.replace(/:\w+|\{\w+\}/g, '{}')}`;
}

/**
 * The end of a message about an unknown operation. Only names of the client's methods have a dot.
 *
 * @param byMethod - as `operationsByMethod` gives it
 */
export function didYouMeanOperation(
  word: string,
  ids: Iterable<string>,
  byMethod: ReadonlyMap<string, string>,
): string {
  const method = word.includes('.') ? nearest(word, byMethod.keys()) : undefined;
  return didYouMean(byMethod.get(method ?? '') ?? word, ids);
}
