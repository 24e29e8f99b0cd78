import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  objectOr,
  type Resolve,
  referenceBetween,
  type SourceObject,
  type SourceOperation,
} from './source.ts';

/**
 * Puts a reference to every header that the root names in `x-common-response-headers` on each response of the
 * operations, so that no path file repeats what the server sends with all its answers.
 *
 * @param rootFile - the headers are the files `components/headers/<name>.yaml` beside it, or those of version 2
 */
export function addCommonHeaders(
  root: SourceObject,
  rootFile: string,
  operations: readonly SourceOperation[],
  resolve: Resolve,
): void {
  const names = root['x-common-response-headers'];
  if (!Array.isArray(names)) return;
  for (const operation of operations) {
    for (const value of Object.values(objectOr(operation.node.responses))) {
      const response = resolve(value, operation.file);
      const headers = objectOr(response.node.headers);
      for (const name of names) {
        headers[name] ??= { $ref: referenceBetween(response.file, headerFile(rootFile, String(name))) };
      }
      response.node.headers = headers;
    }
  }
}

/** A version without a header of its own shares that of version 2. */
function headerFile(rootFile: string, name: string): string {
  const file = join('components/headers', `${name}.yaml`);
  const own = join(dirname(rootFile), file);
  return existsSync(own) ? own : join(dirname(rootFile), '../v2', file);
}
