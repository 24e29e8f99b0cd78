import { typescriptLiteral as literal } from '../../spec/plugin/literal.ts';
import { type Document, resolveReference } from '../lib/document.ts';
import { errorSchemas, propertyOf } from '../lib/errors.ts';
import { type DocumentOperation, operationsOf } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';

interface ErrorCode {
  readonly code: number | null;
  readonly status: number;
  readonly message: string | null;
}

/** The table of a document's operations and of its error codes, as a TypeScript module. */
export function operationsSource(document: Document, header: string): string {
  const operations = operationsOf(document);
  const table = operations.map((operation) => [
    operation.operationId,
    describeOperation(document, operation),
  ]);
  return `// ${header.replaceAll('\n', '\n// ')}

/** The scopes that the server may count a request in. */
export interface RateLimitScopes {
  readonly scope: string;
  /** Where the caller's own system is asked for or changed. */
  readonly ownSystemScope?: string;
  /** What the official documentation says, where the server does otherwise. */
  readonly documentedScope?: string;
}

export interface OperationDescription {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** With parameters in braces, without the server's base path. */
  readonly path: string;
  readonly tag: string;
  /** Names of the parameters. */
  readonly parameters: { readonly path: readonly string[]; readonly query: readonly string[] };
  readonly hasBody: boolean;
  /** Statuses of success. */
  readonly successes: readonly number[];
  /** \`code\` is null where the body has none, \`name\` where it is plain text. */
  readonly errors: readonly {
    readonly status: number;
    readonly code: number | null;
    readonly name: string | null;
  }[];
  readonly rateLimit: RateLimitScopes | null;
  /** One of these is enough; an empty one means that no token is needed. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly apiKeyScope: { readonly part: string; readonly level: string; readonly identify?: boolean } | null;
  /** Whether the gateway itself responds, without the API behind it. */
  readonly byGateway: boolean;
  /** May change or vanish without notice. */
  readonly unstable: boolean;
}

export const operations = ${literal(Object.fromEntries(table))} as const satisfies Readonly<
  Record<string, OperationDescription>
>;

export type OperationId = keyof typeof operations;
${upstream(document)}

/** By name: \`message\` is null where the text differs from case to case, \`code\` where the body has none. */
export const errorCodes = ${literal(errorCodes(document, operations))} as const satisfies Readonly<
  Record<string, { readonly code: number | null; readonly status: number; readonly message: string | null }>
>;

export type ErrorCodeName = keyof typeof errorCodes;
`;
}

function describeOperation(document: Document, operation: DocumentOperation): Record<string, unknown> {
  const { operationId, method, path, definition } = operation;
  const parameters = operation.parameters.map((parameter) => resolveReference(document, parameter));
  const named = (place: string) =>
    parameters.filter((parameter) => parameter.in === place).map(({ name }) => String(name));
  const statuses = Object.keys(isObject(definition.responses) ? definition.responses : {}).map(Number);
  return {
    id: operationId,
    method,
    path,
    tag: Array.isArray(definition.tags) ? String(definition.tags[0]) : '',
    parameters: { path: named('path'), query: named('query') },
    hasBody: 'requestBody' in definition,
    successes: statuses.filter((status) => status < 400),
    errors: errorSchemas(document, definition).map(({ status, code, name }) => ({ status, code, name })),
    rateLimit: definition['x-rate-limit'] ?? null,
    security: definition.security ?? document.security ?? [],
    apiKeyScope: definition['x-api-key-scope'] ?? null,
    byGateway: definition['x-gateway-response'] === true,
    unstable: definition['x-unstable'] === true,
  };
}

function errorCodes(document: Document, operations: readonly DocumentOperation[]): Record<string, ErrorCode> {
  const found = new Map<string, ErrorCode>();
  for (const { definition } of operations) {
    for (const { status, code, name, schema } of errorSchemas(document, definition)) {
      if (name === null) continue;
      const text = schema.const ?? propertyOf(document, schema, 'message').const;
      found.set(name, { code, status, message: typeof text === 'string' ? text : null });
    }
  }
  const byCode = (one: ErrorCode, other: ErrorCode) =>
    (one.code ?? 0) - (other.code ?? 0) || one.status - other.status;
  return Object.fromEntries([...found].sort(([, one], [, other]) => byCode(one, other)));
}

function upstream(document: Document): string {
  const commit = isObject(document.info) ? document.info['x-upstream-commit'] : undefined;
  if (commit === undefined) return '';
  return `
/** The commit of PluralKit's source that the document describes, as far as it is known. */
export const upstreamCommit = ${literal(commit)};
`;
}
