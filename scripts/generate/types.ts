import openapiTypescript, { astToString } from 'openapi-typescript';
import type { Document } from '../lib/document.ts';

/**
 * The types of a document: `paths`, `webhooks`, `components`, `operations`, and each schema by its name.
 *
 * The document is linted elsewhere; openapi-typescript's own engine is older, and checks only that it can read it.
 */
export async function typesSource(document: Document, header: string): Promise<string> {
  const nodes = await openapiTypescript(JSON.stringify(document), {
    silent: true,
    // A default says what the server fills in where a key is missing; it makes no key one that must be sent.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    rootTypesKeepCasing: true,
  });
  return `// ${header.replaceAll('\n', '\n// ')}\n\n${astToString(nodes)}`;
}
