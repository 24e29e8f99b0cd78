/**
 * The Redocly plugin of this project. Authors write each thing once; before anything is linted or bundled, this
 * completes the document: what follows from `security`, the rate limits, the responses and headers that operations have in common,
 * examples from the recordings, and code samples.
 */
import { addAccess } from './access.ts';
import { addCodeSamples } from './code-samples.ts';
import { addCommonHeaders } from './common-headers.ts';
import { addCommonResponses } from './common-responses.ts';
import { addExamples, examplesFile } from './examples.ts';
import { addRateLimits } from './rate-limits.ts';
import { isObject, type Located, type Resolve, type SourceObject, sourceOperations } from './source.ts';

/** The part of Redocly's visitor context that is used here. */
interface VisitorContext {
  readonly location: { readonly source: { readonly absoluteRef: string } };
  resolve(
    node: unknown,
    from: string,
  ): {
    readonly node: unknown;
    readonly location?: { readonly source: { readonly absoluteRef: string } };
  };
}

export default function plugin() {
  return {
    id: 'pluralkit',
    preprocessors: {
      oas3: {
        complete: () => ({ Root: { enter: complete } }),
      },
    },
  };
}

function complete(root: SourceObject, context: VisitorContext): void {
  const rootFile = context.location.source.absoluteRef;
  const added = new Map<unknown, Located>();
  const resolve = resolveWith(context, added);
  const operations = sourceOperations(root.paths, rootFile, resolve);
  addAccess(operations);
  addRateLimits(root, operations);
  for (const [node, located] of addCommonResponses(root, rootFile, operations, resolve))
    added.set(node, located);
  const webhooks = sourceOperations(root.webhooks, rootFile, resolve);
  addExamples([...operations, ...webhooks], (operation) => examplesFile(rootFile, operation), resolve);
  addCommonHeaders(root, rootFile, operations, resolve);
  addCodeSamples(root, operations, resolve);
}

/**
 * A reference that leads nowhere gives an empty object: Redocly's own rules report it.
 *
 * @param added - references that were not there when Redocly resolved them all
 */
function resolveWith(context: VisitorContext, added: ReadonlyMap<unknown, Located>): Resolve {
  return (node, file) => {
    const located = added.get(node);
    if (located !== undefined) return located;
    if (!isObject(node)) return { node: {}, file };
    if (typeof node.$ref !== 'string') return { node, file };
    const found = context.resolve(node, file);
    return { node: isObject(found.node) ? found.node : {}, file: found.location?.source.absoluteRef ?? file };
  };
}
