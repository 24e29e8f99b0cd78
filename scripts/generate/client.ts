import { typescriptLiteral as literal } from '../../spec/plugin/literal.ts';
import type { Document } from '../lib/document.ts';
import { operationsOf } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';

/**
 * A client of the document's stable operations: openapi-fetch, typed by `paths`.
 *
 * What is marked `x-unstable` has types in `schema.ts`, but no place in the client: it may change without notice, and
 * it is served from another base path.
 *
 * @throws Error where a path has both stable and unstable operations
 */
export function clientSource(document: Document, header: string): string {
  const unstable = unstablePaths(document);
  const stableType =
    unstable.length > 0
      ? `/** Paths that may change without notice. They stand outside the version: their base is the server's root. */
export type UnstablePaths = Pick<
  paths,
  ${unstable.map((path) => literal(path)).join(' | ')}
>;

/** The paths of the API, without those that may change without notice. */
export type StablePaths = Omit<paths, keyof UnstablePaths>;`
      : `/** The paths of the API. */
export type StablePaths = paths;`;
  return `// ${header.replaceAll('\n', '\n// ')}

import openapiFetch from 'openapi-fetch';
import { isBrowser } from '../../src/models/is-browser.ts';
import type { PathsClient } from '../../src/models/paths-client.ts';
import type { WebAbortSignal, WebRequest, WebResponse } from '../../src/models/web-types.ts';
import type { paths } from './schema.ts';

${stableType}

/** Options of a single call. */
export interface RequestOptions {
  readonly signal?: WebAbortSignal | undefined;
}

export interface CreateClientOptions {
  /**
   * Where the API is.
   *
   * @default ${literal(serverUrl(document))}
   */
  readonly baseUrl?: string | undefined;
  /** The token of a system, sent as it is in \`Authorization\`. Without one, only what is public can be read. */
  readonly token?: string | undefined;
  /** Names the application and how to reach its author: \`my-app/1.0 (me@example.com)\`. Browsers send their own. */
  readonly userAgent?: string | undefined;
  /**
   * What sends the requests.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: ((request: WebRequest) => Promise<WebResponse>) | undefined;
}

/** A client that sends each request once and gives \`{ data, error, response }\`. */
export function createClient({
  baseUrl = ${literal(serverUrl(document))},
  token,
  userAgent,
  fetch,
}: CreateClientOptions = {}): PathsClient<StablePaths, RequestOptions> {
  // The same calls, with fewer options.
  const client: unknown = openapiFetch<StablePaths>({
    ...(fetch && { fetch }),
    baseUrl,
    headers: {
      ...(token !== undefined && { Authorization: token }),
      ...(userAgent !== undefined && !isBrowser() && { 'User-Agent': userAgent }),
    },
  });
  return client as PathsClient<StablePaths, RequestOptions>;
}
`;
}

function unstablePaths(document: Document): string[] {
  const operations = operationsOf(document);
  const stable = new Set(operations.filter(isStable).map(({ path }) => path));
  const unstable = [...new Set(operations.filter((one) => !isStable(one)).map(({ path }) => path))];
  const mixed = unstable.find((path) => stable.has(path));
  if (mixed) throw new Error(`${mixed} has both stable and unstable operations: mark all of them, or none.`);
  return unstable;
}

function isStable({ definition }: { readonly definition: Record<string, unknown> }): boolean {
  return definition['x-unstable'] !== true;
}

function serverUrl(document: Document): string {
  const [server] = Array.isArray(document.servers) ? document.servers : [];
  return isObject(server) ? String(server.url) : '';
}
