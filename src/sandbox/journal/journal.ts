import type { Bytes } from '../operations/reply.ts';

/** A request that the sandbox has answered. */
export interface JournalEntry {
  /** Counts up from 1, also across those that were let go. */
  readonly id: number;
  /** When it came, by the sandbox's clock: `2026-01-02T03:04:05.678Z`. */
  readonly time: string;
  /** Until the answer was ready, in milliseconds. */
  readonly duration: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly status: number;
  /** `operationId` of what was called; null where nothing was. */
  readonly operation: string | null;
  /** `operationId` of what is most like it, where nothing was called. */
  readonly nearest: string | null;
  /** Id of the system whose token was sent. */
  readonly system: string | null;
  readonly request: {
    readonly url: string;
    /**
     * Names in lower case; the token is left out.
     */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  readonly response: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
}

/** What is found out about a request while it is answered. */
export interface Exchange {
  operation?: string;
  system?: string;
  requestBody?: string;
  responseHeaders?: Readonly<Record<string, string>>;
  responseBody?: string | Bytes;
}

/** What the journal is told of a request; it is made readable when somebody reads it. */
export interface AnsweredRequest {
  readonly time: string;
  readonly duration: number;
  readonly target: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Headers;
  readonly status: number;
  readonly responseHeaders: Headers | Readonly<Record<string, string>>;
  readonly exchange: Exchange;
}

/** Longer bodies are cut, so that a full journal stays small. */
const longestBody = 20_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Keeps the latest requests. */
export class Journal {
  readonly #nearest: (method: string, path: string) => string | null;
  readonly #limit: number;
  #answered: (readonly [id: number, AnsweredRequest])[] = [];
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
   * @param after - leaves out those up to this id
   */
  entries(after = 0): readonly JournalEntry[] {
    const kept = this.#answered.slice(-this.#limit);
    return kept.filter(([id]) => id > after).map(([id, answered]) => this.#describe(id, answered));
  }

  clear(): void {
    this.#answered = [];
  }

  add(answered: AnsweredRequest): void {
    this.#count += 1;
    const { requestBody = '', responseBody = '' } = answered.exchange;
    const exchange = {
      ...answered.exchange,
      requestBody: cut(requestBody),
      // Bytes are kept elsewhere, too: a copy would take more memory, not less.
      responseBody: typeof responseBody === 'string' ? cut(responseBody) : responseBody,
    };
    this.#answered.push([this.#count, { ...answered, exchange }]);
    // Cutting in batches keeps adding cheap.
    if (this.#answered.length >= 2 * this.#limit) this.#answered = this.#answered.slice(-this.#limit);
  }

  #describe(id: number, answered: AnsweredRequest): JournalEntry {
    const { time, duration, method, target, status, url, exchange } = answered;
    const { operation = null, system = null } = exchange;
    const path = target.replace(/[?#].*/s, '');
    return {
      ...{ id, time, duration, method, target, status, operation },
      nearest: operation === null ? this.#nearest(method, path) : null,
      system,
      request: { url, headers: withoutToken(answered.requestHeaders), body: exchange.requestBody || null },
      response: {
        headers: Object.fromEntries(new Headers(answered.responseHeaders)),
        body: textOf(exchange.responseBody) || null,
      },
    };
  }
}

function textOf(body: string | Bytes | undefined): string | undefined {
  return body instanceof Uint8Array ? cut(decoder.decode(body)) : body;
}

function cut(body: string): string {
  return body.length <= longestBody ? body : copy(`${body.slice(0, longestBody)}…`);
}

/** A part of a text keeps all of it in memory, a copy only itself. */
function copy(text: string): string {
  return decoder.decode(encoder.encode(text));
}

/** A token might be a real one, sent by mistake. */
function withoutToken(headers: Headers): Record<string, string> {
  const kept = Object.fromEntries(headers);
  return 'authorization' in kept ? { ...kept, authorization: '(not kept)' } : kept;
}
