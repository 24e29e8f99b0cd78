/**
 * The models that a program names: those that operations take and respond with, and the objects and enums within. Errors
 * and events are omitted, as names like `Error` and `Forbidden` get in the way of an editor that completes imports.
 */
import { componentName, type Document, resolveReference } from '../lib/document.ts';
import { type DocumentOperation, operationsOf } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';

/** A module that exports the types of the models by name. */
export function modelsSource(document: Document, header: string): string {
  const names = [...modelNames(document)].sort().map((name) => `  ${name},\n`);
  return `// ${header}\n\nexport type {\n${names.join('')}} from './schema.ts';\n`;
}

function modelNames(document: Document): Set<string> {
  const seen = new Set<string>();
  const visit = (node: unknown): void => {
    const name = componentName(node);
    if (name !== undefined) {
      if (seen.has(name)) return;
      seen.add(name);
      visit(resolveReference(document, node));
    } else if (Array.isArray(node)) node.forEach(visit);
    else if (isObject(node)) Object.values(node).forEach(visit);
  };
  for (const operation of operationsOf(document)) visit(contents(document, operation));
  // Editors show strings and numbers without the name of their type.
  return new Set([...seen].filter((name) => isNamedType(document, name)));
}

/** Schemas of the request body and of the successes. */
function contents(document: Document, { definition }: DocumentOperation): unknown[] {
  const responses = isObject(definition.responses) ? Object.entries(definition.responses) : [];
  const successes = responses.filter(([status]) => status.startsWith('2')).map(([, response]) => response);
  return [definition.requestBody, ...successes].map((node) => {
    const { content } = resolveReference(document, node);
    return isObject(content) ? Object.values(content).map((media) => isObject(media) && media.schema) : [];
  });
}

function isNamedType(document: Document, name: string): boolean {
  const schema = resolveReference(document, { $ref: `#/components/schemas/${name}` });
  return ['enum', 'properties', 'allOf', 'oneOf'].some((keyword) => keyword in schema);
}
