/**
 * The client's generated part: its methods as types, and small tables that drive them.
 */
import { typescriptLiteral as literal } from '../../spec/plugin/literal.ts';
import type { Document } from '../lib/document.ts';
import { operationsOf } from '../lib/matcher.ts';
import { errorNames, methodTable, rateLimits } from './methods-tables.ts';
import { methodInterfaces } from './methods-types.ts';
import { ownerScopes } from './owner-views.ts';

/** Files of the client by their names. Unstable operations have no methods. */
export function methodFiles(document: Document, header: string): Record<string, string> {
  const operations = operationsOf(document).filter(({ definition }) => definition['x-unstable'] !== true);
  const comment = `// ${header}\n`;
  return {
    'methods.ts': `${comment}
${methodInterfaces(document, operations)}
/** By group and name: method, path and names of query parameters, the scope that an API key needs, which part of the body holds references, and \`204\` where there may be no body. */
export const methods = ${literal(methodTable(document, operations))} as const satisfies Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

/** The scopes that an API key needs so that its own system is shown to it as to its owner. */
export const ownerScopes: readonly string[] = ${literal(ownerScopes(document, operations))};
`,
    'rate-limits.ts': `${comment}
/**
 * The scopes that the server may count a request in: by method, and by method and route where that differs: the first part of the path, with a slash where more follows.
 */
export const rateLimits: Readonly<Record<string, readonly string[]>> = ${literal(rateLimits(operationsOf(document)))};
`,
    'error-names.ts': `${comment}
/** Names of errors, each behind a space and its code. Where the code is 0, 0 and the status stand for it; where there is none, 00 and the status. */
export const errorNames = ${literal(errorNames(document))};
`,
  };
}
