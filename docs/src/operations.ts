import document from '../../generated/v2/openapi.json' with { type: 'json' };

/** Facts that a page of an operation shows in addition to starlight-openapi. */
export interface OperationFacts {
  readonly operationId: string;
  /** Whether the operation responds without a token, too. */
  readonly open: boolean;
  /** Scopes of API keys that allow it, such as `write:members`. */
  readonly scopes: readonly string[];
  /** Rate-limit scopes, with the requests per second of each. */
  readonly limits: readonly { readonly scope: string; readonly perSecond: number }[];
}

interface Operation {
  readonly operationId?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-rate-limit'?: { readonly scope: string; readonly ownSystemScope?: string };
}

const perSecond: Readonly<Record<string, number>> = document['x-rate-limits'];

/** The facts of the operation that a page of the reference is about, by the page's id; undefined for other pages. */
export function operationFacts(pageId: string): OperationFacts | undefined {
  const [, name] = /^reference\/operations\/([^/]+)$/.exec(pageId) ?? [];
  const operation = operations().find(({ operationId }) => operationId.toLowerCase() === name);
  if (operation === undefined) return undefined;
  const security = operation.security ?? document.security;
  const limit = operation['x-rate-limit'];
  const scopes = [limit?.scope, limit?.ownSystemScope].filter((scope) => scope !== undefined);
  return {
    operationId: operation.operationId,
    open: security.some((scheme) => Object.keys(scheme).length === 0),
    scopes: security.flatMap((scheme): readonly string[] =>
      'ApiKey' in scheme ? (scheme.ApiKey ?? []) : [],
    ),
    limits: scopes.map((scope) => ({ scope, perSecond: perSecond[scope] ?? 0 })),
  };
}

function operations(): (Operation & { readonly operationId: string })[] {
  const items: Readonly<Record<string, object>> = document.paths;
  return Object.values(items)
    .flatMap((item) => Object.values(item))
    .filter((operation) => typeof operation?.operationId === 'string');
}
