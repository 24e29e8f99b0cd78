/**
 * Adds to each operation's description what a schema can't express. Tools copy it into their comments.
 */
import type { Document } from '../lib/document.ts';
import { operationsOf } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';
import { type Node, withOperations } from './walk.ts';

/** The document with the rate limit of each operation in its description, and a note where a response may have no body. */
export function withOperationNotes(document: Document): Document {
  const definitions = new Map(
    operationsOf(document).map(({ definition }): [unknown, Node] => [
      definition,
      { ...definition, description: [definition.description, ...notesOf(document, definition)].join('\n\n') },
    ]),
  );
  return withOperations(document, definitions);
}

function notesOf(document: Document, definition: Node): string[] {
  const statuses = Object.keys(isObject(definition.responses) ? definition.responses : {});
  return [
    ...rateLimitNote(document, definition['x-rate-limit']),
    ...(statuses.includes('200') && statuses.includes('204')
      ? ['Look at the status before you read the body: a 204 response has none.']
      : []),
  ];
}

function rateLimitNote(document: Document, limit: unknown): string[] {
  const perSecond = document['x-rate-limits'];
  if (!isObject(limit) || !isObject(perSecond)) return [];
  const scopes = [limit.scope, limit.ownSystemScope].filter((scope) => typeof scope === 'string');
  const counted = scopes.map((scope) => `\`${scope}\``).join(' or ');
  const [rate] = scopes.map((scope) => perSecond[scope]);
  return [
    `At most ${rate} requests per second, counted as ${counted}. A 429 response says in \`retry_after\` how many milliseconds to wait.`,
  ];
}
