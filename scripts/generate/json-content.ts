/**
 * The schemas of JSON request and response bodies.
 */
import { type Document, resolveReference } from '../lib/document.ts';
import { isObject } from '../lib/recordings.ts';

/** The schema of the response with status 200; undefined where it has no body. */
export function successSchema(
  document: Document,
  definition: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const responses = isObject(definition.responses) ? definition.responses : {};
  const schema = mediaSchema(resolveReference(document, responses['200']).content);
  return isObject(schema) ? schema : undefined;
}

/** The schema of the JSON among the media types of a `content`. */
export function mediaSchema(content: unknown): unknown {
  const media = isObject(content) ? content['application/json'] : undefined;
  return isObject(media) ? media.schema : undefined;
}
