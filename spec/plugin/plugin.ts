/**
 * The Redocly plugin of this project. Authors write each thing once; before anything is linted or bundled, this
 * completes the document: headers that every response has, examples from the recordings, code samples.
 */
import { addCodeSamples } from './code-samples.ts';
import { addCommonHeaders } from './common-headers.ts';
import { addExamples, examplesFile } from './examples.ts';
import { isObject, type Resolve, type SourceObject, sourceOperations } from './source.ts';

/** The part used here of what Redocly hands to a visitor. */
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
  const resolve = resolveWith(context);
  const operations = sourceOperations(root.paths, rootFile, resolve);
  const webhooks = sourceOperations(root.webhooks, rootFile, resolve);
  addExamples([...operations, ...webhooks], (operation) => examplesFile(rootFile, operation), resolve);
  addCommonHeaders(root, rootFile, operations, resolve);
  addCodeSamples(root, operations, resolve);
}

/** A reference that leads nowhere gives an empty object: Redocly's own rules report it. */
function resolveWith(context: VisitorContext): Resolve {
  return (node, file) => {
    if (!isObject(node)) return { node: {}, file };
    if (typeof node.$ref !== 'string') return { node, file };
    const found = context.resolve(node, file);
    return { node: isObject(found.node) ? found.node : {}, file: found.location?.source.absoluteRef ?? file };
  };
}
