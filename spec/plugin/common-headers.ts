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
 * operations, so that no path file repeats what the server sends with all its responses. The headers named in
 * `x-api-response-headers` are sent only with what the API returns without throwing an error: success and 415, except where an
 * operation says `x-gateway-response`.
 *
 * @param rootFile - the headers are the files `components/headers/<name>.yaml` beside it, or those of version 2
 */
export function addCommonHeaders(
  root: SourceObject,
  rootFile: string,
  operations: readonly SourceOperation[],
  resolve: Resolve,
): void {
  const common = listOf(root['x-common-response-headers']);
  const api = listOf(root['x-api-response-headers']);
  for (const operation of operations) {
    const byGateway = operation.node['x-gateway-response'] === true;
    for (const [status, value] of Object.entries(objectOr(operation.node.responses))) {
      const response = resolve(value, operation.file);
      const headers = objectOr(response.node.headers);
      const returned = Number(status) < 400 || status === '415';
      for (const name of returned && !byGateway ? [...common, ...api] : common) {
        headers[name] ??= { $ref: referenceBetween(response.file, headerFile(rootFile, name)) };
      }
      response.node.headers = headers;
    }
  }
}

function listOf(names: unknown): readonly string[] {
  return Array.isArray(names) ? names.map(String) : [];
}

/** A version without a header of its own shares that of version 2. */
function headerFile(rootFile: string, name: string): string {
  const file = join('components/headers', `${name}.yaml`);
  const own = join(dirname(rootFile), file);
  return existsSync(own) ? own : join(dirname(rootFile), '../v2', file);
}
