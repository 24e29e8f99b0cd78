import { callOf, errorReasons } from '../lint/expected-statuses.js';
import { arrayOr } from '../lint/read.js';
import {
  type Located,
  objectOr,
  type Resolve,
  referenceBetween,
  type SourceObject,
  type SourceOperation,
} from './source.ts';

/**
 * Adds the responses that the root names by status in `x-common-responses` to every operation that gives them, by the rules
 * of the lint rule `expected-statuses`.
 *
 * @returns the added references with their targets, since Redocly has not resolved them yet
 */
export function addCommonResponses(
  root: SourceObject,
  rootFile: string,
  operations: readonly SourceOperation[],
  resolve: Resolve,
): ReadonlyMap<unknown, Located> {
  const added = new Map<unknown, Located>();
  for (const [status, value] of Object.entries(objectOr(root['x-common-responses']))) {
    const response = resolve(value, rootFile);
    for (const { node, file, pathItem, method, path } of operations) {
      const responses = objectOr(node.responses);
      const parameters = [
        ...arrayOr(pathItem.node.parameters).map((parameter) => resolve(parameter, pathItem.file).node),
        ...arrayOr(node.parameters).map((parameter) => resolve(parameter, file).node),
      ];
      const security = arrayOr(node.security ?? root.security);
      const call = callOf({ parameters }, { ...node, parameters: [] }, security, method, path);
      if (status in responses || !errorReasons[status]?.applies(call)) continue;
      const reference = { $ref: referenceBetween(file, response.file) };
      node.responses = { ...responses, [status]: reference };
      added.set(reference, response);
    }
  }
  // The operations have their own references now.
  delete root['x-common-responses'];
  return added;
}
