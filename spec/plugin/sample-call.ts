import type { SourceObject } from './source.ts';

/** The call of a sample: an operation with values for all that it requires. */
export interface SampleCall {
  readonly operationId: string;
  readonly definition: SourceObject;
  /** `v1` or `v2`. */
  readonly version: string;
  /** `patch` */
  readonly method: string;
  /** The document's path, with its parameters in braces. */
  readonly template: string;
  readonly server: string;
  /** The address of the real server, with the base path of the version. */
  readonly baseUrl: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly body: unknown;
  readonly hasBody: boolean;
  readonly needsToken: boolean;
  /** Statuses of success, and whether each has a body. */
  readonly successes: readonly { readonly status: string; readonly hasBody: boolean }[];
}

/** The user agent of every sample. */
export const userAgent = 'my-app/1.0 (me@example.com)';

/** `@` stays: it may stand in a path as it is, and `@me` reads better so. */
export function encodePath(segment: string): string {
  return encodeURIComponent(segment).replaceAll('%40', '@');
}
