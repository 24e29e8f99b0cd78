import { readCredentials } from '../client/credentials.ts';
import { ServerError } from '../client/errors.ts';
import { call } from '../client/low-level.ts';
import { MemoryLimiter } from '../client/memory-limiter.ts';
import type { TransportOptions } from '../client/options.ts';
import { createTransport } from '../client/transport.ts';
import { isObject } from '../models/is-object.ts';
import { type CheckBody, createBodyCheck } from './body.ts';
import { type Difference, distinct } from './difference.ts';
import type { DocumentedApi, DocumentedOperation } from './documented.ts';
import { checkResponse } from './response.ts';

export interface VerifyOptions {
  /** Address of the API, with its version. */
  readonly baseUrl: string;
  readonly token?: string | undefined;
  readonly userAgent: string;
  /** Values of parameters, by name: `systemRef`, `memberRef`, `guild_id` … Those that are not given are looked up. */
  readonly references: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** @default globalThis.fetch */
  readonly fetch?: TransportOptions['fetch'];
  /** Called before each operation. */
  readonly onProgress?: (progress: { operation: string; done: number; total: number }) => void;
}

export interface VerifiedOperation {
  readonly operation: string;
  /** Status codes of the responses: with the token, and without. */
  readonly statuses: readonly { readonly as: 'owner' | 'anyone'; readonly status: number }[];
  readonly differences: readonly Difference[];
  /** Why it was skipped; null where it was read. */
  readonly skipped: string | null;
}

export interface Verification {
  /** From `X-PluralKit-Version`; null where no response has this header. */
  readonly version: string | null;
  /** The commit that the document describes. */
  readonly commit: string;
  readonly operations: readonly VerifiedOperation[];
}

type Values = Readonly<Record<string, string>>;

interface Caller {
  readonly as: 'owner' | 'anyone';
  get(path: string, values: Values, query: Values): Promise<Received>;
}

interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * Calls every `GET` operation of an API for which references are known, one after the other, and compares the responses
 * with the document. It changes nothing.
 *
 * @throws NetworkError, TimeoutError, AbortedError where there is no response
 */
export async function verify(api: DocumentedApi, options: VerifyOptions): Promise<Verification> {
  const checkBody = createBodyCheck(api.schemas);
  const callers = createCallers(options);
  const values: Record<string, string | undefined> = { ...options.references };
  const operations: VerifiedOperation[] = [];
  let version: string | null = null;
  for (const [done, operation] of api.operations.entries()) {
    options.onProgress?.({ operation: operation.id, done, total: api.operations.length });
    const result = await verifyOperation(operation, callers, values, checkBody);
    operations.push(result.verified);
    for (const { headers, body } of result.received) {
      version ??= headers.get('X-PluralKit-Version');
      learn(operation, body, values);
    }
  }
  return { version, commit: api.commit, operations };
}

async function verifyOperation(
  operation: DocumentedOperation,
  callers: readonly Caller[],
  values: Readonly<Record<string, string | undefined>>,
  checkBody: CheckBody,
): Promise<{ verified: VerifiedOperation; received: readonly Received[] }> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const lacking = names.filter((name) => values[name] === undefined);
  const { id } = operation;
  if (lacking.length > 0) {
    const skipped = `no ${lacking.join(', ')} is known`;
    return { verified: { operation: id, statuses: [], differences: [], skipped }, received: [] };
  }
  const path = Object.fromEntries(names.map((name) => [name, values[name] ?? '']));
  const query = Object.fromEntries(
    operation.requiredQuery.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
  const received: Received[] = [];
  const differences: Difference[] = [];
  const statuses: { as: 'owner' | 'anyone'; status: number }[] = [];
  for (const caller of callers) {
    // Without the token, the system is read by its id, from the first response.
    if (caller.as === 'anyone' && path.systemRef === '@me') path.systemRef = values.ownSystem ?? '@me';
    const response = await caller.get(operation.path, path, query);
    received.push(response);
    statuses.push({ as: caller.as, status: response.status });
    differences.push(...checkResponse(response, operation, checkBody));
    if (caller.as === 'owner' && operation.path === '/systems/{systemRef}')
      learn(operation, response.body, values);
  }
  return {
    verified: { operation: id, statuses, differences: distinct(differences), skipped: null },
    received,
  };
}

function createCallers({ baseUrl, token, userAgent, signal, fetch }: VerifyOptions): readonly Caller[] {
  const limiter = new MemoryLimiter();
  const callerOf = (as: Caller['as'], credentials?: string): Caller => {
    const options = { baseUrl, userAgent, limiter, fetch, token: credentials };
    const transport = createTransport(options, readCredentials(credentials));
    return {
      as,
      async get(template, path, query) {
        try {
          const { data, error, response } = await call(transport, 'GET', template, {
            params: { path, query },
            signal,
          });
          const { status, headers } = response;
          return { status, headers, body: data ?? emptyToNothing(error) };
        } catch (error) {
          // The response is not one of the API, but for example an error page of a proxy.
          if (!(error instanceof ServerError) || error.status === null) throw error;
          return { status: error.status, headers: new Headers({ 'Content-Type': 'unknown' }), body: '' };
        }
      },
    };
  };
  const anyone = callerOf('anyone');
  return token === undefined ? [anyone] : [callerOf('owner', token), anyone];
}

function emptyToNothing(error: unknown): unknown {
  return error === null || error === '' ? undefined : error;
}

/** Adds references from a response that other operations need; given ones take precedence. */
function learn(
  { path }: DocumentedOperation,
  body: unknown,
  values: Record<string, string | undefined>,
): void {
  const sources: Readonly<Record<string, string>> = {
    '/systems/{systemRef}': 'ownSystem',
    '/systems/{systemRef}/members': 'memberRef',
    '/systems/{systemRef}/groups': 'groupRef',
    '/systems/{systemRef}/switches': 'switchRef',
  };
  const name = sources[path];
  const first: unknown = Array.isArray(body) ? body[0] : body;
  if (name === undefined || !isObject(first) || typeof first.id !== 'string') return;
  values[name] ??= first.id;
}
