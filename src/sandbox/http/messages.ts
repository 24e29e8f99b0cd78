import type { WebAbortSignal } from '../../models/web-types.ts';
import type { Bytes } from '../operations/reply.ts';

/*
 * Requests and responses as the sandbox itself sees them: plain, cheap records. `fetch` and the listener of
 * Node.js each make their own of them.
 */

/** A request, however it was received. */
export interface SandboxRequest {
  readonly method: string;
  readonly url: string;
  /** Path and query, unchanged, before dots in them are resolved. */
  readonly target: string;
  /** Address of the caller. */
  readonly address: string;
  /** The signal of a caller in this process. A server's requests have none: a request is handled even where the caller hangs up. */
  readonly signal: WebAbortSignal | undefined;
  readonly headers: RequestHeaders;
  /**
   * Reads the request body.
   *
   * @param limit - bytes that are accepted
   * @returns null where it has more bytes than the limit
   */
  readBody(limit: number): Bytes | null | Promise<Bytes | null>;
}

/** Pairs of a name in lower case and a value; `Headers` are such. */
export interface RequestHeaders extends Iterable<readonly [name: string, value: string]> {
  /** @param name - in lower case; null where there is no such header */
  get(name: string): string | null;
}

/** A response, before a connection or a caller gets it. */
export interface SandboxResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Omitted where there is none. A stream is read while it is sent. */
  readonly body?: string | Bytes | ReadableStream<Bytes>;
}

/** Responds to a request. Rejects where the connection is to be broken, or there is a defect. */
export type Handle = (request: SandboxRequest) => Promise<SandboxResponse>;
