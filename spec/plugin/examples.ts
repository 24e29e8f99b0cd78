import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import {
  copyInto,
  isObject,
  type Located,
  objectOr,
  type Resolve,
  type SourceObject,
  type SourceOperation,
} from './source.ts';

/** Named examples, `{ owner: { summary, value } }`. */
type Examples = SourceObject;

/**
 * Puts examples into every request and response body of the operations that has none yet: those which
 * `npm run generate` took from the recordings, and the `examples` of the schemas for what no recording shows.
 *
 * A response stays shared by several operations, unless the recordings have examples of this operation alone; then it gets
 * a copy.
 *
 * @param directory - holds `<operationId>.yaml`, or `<name>.yaml` of a webhook
 */
export function addExamples(
  operations: readonly SourceOperation[],
  directory: (operation: SourceOperation) => string,
  resolve: Resolve,
): void {
  const shared = new Map<string, SharedResponse>();
  for (const operation of operations) {
    const recorded = readExamples(directory(operation));
    addRequestExamples(operation, objectOr(recorded.request), resolve);
    addResponseExamples(operation, objectOr(recorded.responses), shared, resolve);
  }
  // Where no recording shows an operation, the same response of another operation is shown instead.
  for (const { response, examples, isError } of shared.values()) {
    fillContent(response, examples, isError, resolve);
  }
}

/** A response in a file of its own, and the examples of the first operation that has any. */
interface SharedResponse {
  readonly response: Located;
  examples: SourceObject;
  readonly isError: boolean;
}

function readExamples(file: string): SourceObject {
  return existsSync(file) ? objectOr(parse(readFileSync(file, 'utf8'))) : {};
}

function addRequestExamples(operation: SourceOperation, recorded: SourceObject, resolve: Resolve): void {
  const shared = resolve(operation.node.requestBody, operation.file);
  if (!shared.node.content) return;
  const own = ownCopy(operation, shared, operation.node.requestBody);
  operation.node.requestBody = own.node;
  fillContent(own, recorded, false, resolve);
}

function addResponseExamples(
  operation: SourceOperation,
  recorded: SourceObject,
  shared: Map<string, SharedResponse>,
  resolve: Resolve,
): void {
  const responses = objectOr(operation.node.responses);
  for (const [status, value] of Object.entries(responses)) {
    const isError = Number(status) >= 400;
    const response = resolve(value, operation.file);
    const examples = objectOr(recorded[status]);
    if (response.node !== value) {
      const known = shared.get(response.file) ?? { response, examples: {}, isError };
      if (!isError && Object.keys(known.examples).length === 0) known.examples = examples;
      shared.set(response.file, known);
      if (!showsMore(examples, response, isError, resolve)) continue;
    }
    const own = ownCopy(operation, response, value);
    responses[status] = own.node;
    fillContent(own, examples, isError, resolve);
  }
}

/** The operation's own object, or a copy of the one that it refers to. */
function ownCopy(operation: SourceOperation, shared: Located, value: unknown): Located {
  return shared.node === value ? shared : { node: copyInto(operation.file, shared), file: operation.file };
}

/** Whether the recordings add anything to the schemas' own examples. */
function showsMore(recorded: SourceObject, response: Located, isError: boolean, resolve: Resolve): boolean {
  return Object.entries(objectOr(response.node.content)).some(([mediaType, content]) => {
    const known = schemaExamples(objectOr(content).schema, response.file, isError, resolve);
    return Object.entries(objectOr(recorded[mediaType])).some(
      ([name, example]) => !isDeepStrictEqual(objectOr(example).value, objectOr(known[name]).value),
    );
  });
}

function fillContent(body: Located, recorded: SourceObject, isError: boolean, resolve: Resolve): void {
  for (const [mediaType, content] of Object.entries(objectOr(body.node.content))) {
    if (!isObject(content) || 'example' in content || 'examples' in content) continue;
    const found = objectOr(recorded[mediaType]);
    const known = schemaExamples(content.schema, body.file, isError, resolve);
    // Of an error every code is shown; of anything else the schema's example only where the recordings have none.
    const examples = isError || Object.keys(found).length === 0 ? { ...known, ...found } : found;
    if (Object.keys(examples).length > 0) content.examples = examples;
  }
}

/** The first example that each schema of a body gives itself: of an error by the schema's name, else as `example`. */
function schemaExamples(schema: unknown, file: string, isError: boolean, resolve: Resolve): Examples {
  const { node, file: schemaFile } = resolve(schema, file);
  if (isError && Array.isArray(node.oneOf)) {
    return Object.assign({}, ...node.oneOf.map((one) => schemaExamples(one, schemaFile, isError, resolve)));
  }
  if (!Array.isArray(node.examples)) return {};
  const reference = objectOr(schema).$ref;
  const name = isError && typeof reference === 'string' ? nameOf(reference) : 'example';
  const summary = typeof node.title === 'string' ? { summary: node.title } : {};
  return { [name]: { ...summary, value: node.examples[0] } };
}

function nameOf(reference: string): string {
  return reference.replace(/^.*\//s, '').replace(/\.ya?ml$/, '');
}

/** Where the examples of operations and of webhooks are kept, beside the root. */
export function examplesFile(rootFile: string, { node, path }: SourceOperation): string {
  const name = path.startsWith('/') ? `${node.operationId}.yaml` : `webhooks/${path}.yaml`;
  return join(dirname(rootFile), 'examples', name);
}
