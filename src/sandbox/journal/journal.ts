import { formatInstant, type Instant } from '../formats/instant.ts';
import type { RequestHeaders, SandboxResponse } from '../http/messages.ts';
import { pathIn } from '../http/target.ts';
import type { Bytes } from '../operations/reply.ts';

/** A request that the sandbox has responded to. */
export interface JournalEntry {
  /** Counts up from 1, also across removed ones. */
  readonly id: number;
  /** The time of the request, by the sandbox's clock: `2026-01-02T03:04:05.678Z`. */
  readonly time: string;
  /** From the request to the response, in milliseconds. */
  readonly duration: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly status: number;
  /** `operationId` of the operation; null where the path has none. */
  readonly operation: string | null;
  /** `operationId` of the most similar operation, where the path has none. */
  readonly nearest: string | null;
  /** Id of the system whose token was sent. */
  readonly system: string | null;
  readonly request: {
    readonly url: string;
    /**
     * Names in lower case; tokens and cookies are omitted.
     */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  readonly response: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
}

/** Facts of a request that are found while it is handled. */
export interface Exchange {
  operation?: string;
  system?: string;
  requestBody?: string;
}

/** A recorded request; it is made readable when it is read. */
export interface CompletedRequest {
  readonly time: Instant;
  readonly duration: number;
  readonly target: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: RequestHeaders;
  readonly response: SandboxResponse;
  readonly exchange: Exchange;
}

/** Longer bodies are cut, so that a full journal stays small. */
const longestBody = 20_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The same with bodies cut, flat so that it is made at once. */
interface KeptRequest extends Omit<CompletedRequest, 'response' | 'exchange'> {
  readonly id: number;
  readonly operation: string | undefined;
  readonly system: string | undefined;
  readonly requestBody: string;
  readonly status: number;
  readonly responseHeaders: SandboxResponse['headers'];
  readonly responseBody: string | Bytes;
}

/** Keeps the latest requests. */
export class Journal {
  readonly #nearest: (method: string, path: string) => string | null;
  readonly #limit: number;
  #kept: KeptRequest[] = [];
  #count = 0;

  /**
   * @param nearest - `operationId` of what comes closest to a method and path
   * @param limit - how many are kept; the oldest go first
   */
  constructor(nearest: (method: string, path: string) => string | null, limit = 1000) {
    this.#nearest = nearest;
    this.#limit = limit;
  }

  /**
   * The kept requests, oldest first.
   *
   * @param after - excludes those up to this id
   */
  entries(after = 0): readonly JournalEntry[] {
    const kept = this.#kept.slice(-this.#limit);
    return kept.filter(({ id }) => id > after).map((request) => this.#describe(request));
  }

  clear(): void {
    this.#kept = [];
  }

  add(request: CompletedRequest): void {
    const { exchange, response } = request;
    this.#count += 1;
    this.#kept.push({
      id: this.#count,
      time: request.time,
      duration: request.duration,
      method: request.method,
      target: request.target,
      url: request.url,
      requestHeaders: request.requestHeaders,
      operation: exchange.operation,
      system: exchange.system,
      requestBody: cut(exchange.requestBody ?? ''),
      status: response.status,
      responseHeaders: response.headers,
      responseBody: cutBody(response.body),
    });
    // Removal in batches keeps additions cheap.
    if (this.#kept.length >= 2 * this.#limit) this.#kept = this.#kept.slice(-this.#limit);
  }

  #describe(kept: KeptRequest): JournalEntry {
    const { id, duration, method, target, status, url, operation = null, system = null } = kept;
    return {
      ...{ id, time: formatInstant(kept.time), duration, method, target, status, operation },
      nearest: operation === null ? this.#nearest(method, pathIn(target)) : null,
      system,
      request: { url, headers: withoutToken(kept.requestHeaders), body: kept.requestBody || null },
      response: {
        headers: Object.fromEntries(new Headers(kept.responseHeaders)),
        body: textOf(kept.responseBody) || null,
      },
    };
  }
}

/** The kept parts of long bodies, as a list that is sent repeatedly is the same bytes. */
const cuts = new WeakMap<Bytes, Bytes>();

/** The start of a long body, so that a full journal stays small; a short body itself. */
function cutBody(body: SandboxResponse['body']): string | Bytes {
  if (typeof body === 'string') return cut(body);
  if (!(body instanceof Uint8Array)) return '';
  if (body.byteLength <= longestBody) return body;
  const kept = cuts.get(body) ?? body.slice(0, longestBody);
  cuts.set(body, kept);
  return kept;
}

function textOf(body: string | Bytes): string {
  if (typeof body === 'string') return body;
  const isCut = body.byteLength === longestBody;
  // As a stream, so that half a character at the end is dropped.
  return isCut ? `${new TextDecoder().decode(body, { stream: true })}…` : decoder.decode(body);
}

function cut(body: string): string {
  return body.length <= longestBody ? body : copy(`${body.slice(0, longestBody)}…`);
}

/** A substring keeps the whole text in memory, a copy does not. */
function copy(text: string): string {
  return decoder.decode(encoder.encode(text));
}

/** Headers that hold secrets: browsers send the cookies of every program of this machine, whatever its port. */
const secretHeaders = ['authorization', 'proxy-authorization', 'x-pluralkit-app', 'cookie'];

/** A token may be a real one that was sent by mistake. */
function withoutToken(headers: RequestHeaders): Record<string, string> {
  const kept = Object.fromEntries(headers);
  const secrets = secretHeaders.filter((name) => Object.hasOwn(kept, name));
  return { ...kept, ...Object.fromEntries(secrets.map((name) => [name, '(not kept)'])) };
}
