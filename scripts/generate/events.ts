import { typescriptLiteral as literal } from '../../spec/plugin/literal.ts';
import { type Document, resolveReference } from '../lib/document.ts';
import { isObject } from '../lib/recordings.ts';

/**
 * An example of each webhook event, as a TypeScript module, typed by `webhooks`.
 *
 * @throws Error where the schema of an event has no example
 */
export function eventsSource(document: Document, header: string): string {
  const webhooks = Object.entries(isObject(document.webhooks) ? document.webhooks : {});
  const examples = Object.fromEntries(
    webhooks.map(([type, item]) => [type, exampleOf(document, type, item)]),
  );
  return `// ${header.replaceAll('\n', '\n// ')}

import type { webhooks } from './schema.ts';

/** Every type of event that the document knows. */
export const eventTypes: readonly string[] = ${literal(Object.keys(examples))};

/** An example of each event, as the document gives it. */
export const eventExamples: {
  readonly [Type in keyof webhooks]: webhooks[Type]['post']['requestBody']['content']['application/json'];
} = ${literal(examples)};
`;
}

function exampleOf(document: Document, type: string, pathItem: unknown): unknown {
  const { post } = resolveReference(document, pathItem);
  const { requestBody } = resolveReference(document, post);
  const { content } = resolveReference(document, requestBody);
  const media = isObject(content) ? content['application/json'] : undefined;
  const { examples } = resolveReference(document, isObject(media) ? media.schema : undefined);
  const [example] = Array.isArray(examples) ? examples : [];
  if (!isObject(example)) throw new Error(`The schema of the event ${type} has no example.`);
  return example;
}
