import { didYouMean } from '../../models/nearest.ts';
import { shorten } from '../../models/shorten.ts';
import { queryIn } from '../http/target.ts';
import type { Reply } from '../operations/reply.ts';

/** The example of the document that a request prefers. */
export interface Preference {
  readonly status: string | undefined;
  readonly example: string | undefined;
}

/**
 * Reads which example a request asks for: `Prefer: code=404, example=name`, or, since pages in browsers may not send that header
 * to the API, the query `__code=404&__example=name`. Prism takes both.
 *
 * @param target - path and query
 * @returns undefined where it asks for none
 */
export function readPreference(header: string | null, target: string): Preference | undefined {
  if (header === null && !target.includes('__')) return undefined;
  const query = queryIn(target);
  const wishes = new Map(
    (header ?? '').split(/[,;]/).map((wish) => {
      const [name = '', value = ''] = wish.split('=');
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')];
    }),
  );
  const code = wishes.get('code') ?? query.get('__code');
  const example = wishes.get('example') ?? query.get('__example') ?? undefined;
  if (code === null && example === undefined) return undefined;
  return { status: code ?? undefined, example };
}

/**
 * Returns an example of the document, as Prism does.
 *
 * @param id - operationId
 * @returns 404 with a problem where the document has no such status or example
 */
export async function preferredResponse(
  version: 'v1' | 'v2',
  id: string,
  preference: Preference,
): Promise<Reply> {
  const responses = responsesOf(await loadDocument(version), id);
  const { status, example } = preference;
  const examples: string[] = [];
  for (const [code, response] of Object.entries(responses)) {
    if (status !== undefined && code !== status) continue;
    const reply = exampleOf(Number(code), response, example);
    if (reply !== undefined) return reply;
    examples.push(...Object.keys(contentOf(response).examples));
  }
  return status === undefined || Object.hasOwn(responses, status)
    ? problem('example', example ?? '', examples)
    : problem('status', status, Object.keys(responses));
}

/** Through modules, since the bundler does not change the path of an import with attributes. */
async function loadDocument(version: 'v1' | 'v2'): Promise<unknown> {
  const document =
    version === 'v1' ? await import('../../documents/v1.ts') : await import('../../documents/v2.ts');
  return document.default;
}

/** The responses of an operation, by status, with references resolved. */
function responsesOf(document: unknown, id: string): Readonly<Record<string, unknown>> {
  for (const item of Object.values(toRecord(toRecord(document).paths))) {
    for (const operation of Object.values(toRecord(item))) {
      if (toRecord(operation).operationId !== id) continue;
      const responses = Object.entries(toRecord(toRecord(operation).responses));
      return Object.fromEntries(responses.map(([code, response]) => [code, resolve(document, response)]));
    }
  }
  return {};
}

/** The named example, or the first; undefined where there is none of that name. */
function exampleOf(status: number, response: unknown, name: string | undefined): Reply | undefined {
  const { type, examples } = contentOf(response);
  if (type === undefined) return name === undefined ? { status } : undefined;
  const chosen = name === undefined ? Object.values(examples)[0] : examples[name];
  if (chosen === undefined) return undefined;
  const { value } = toRecord(chosen);
  return { status, type, body: type.includes('json') ? JSON.stringify(value) : String(value) };
}

/** The type of a response and its examples by name. */
function contentOf(response: unknown): {
  readonly type?: string;
  readonly examples: Readonly<Record<string, unknown>>;
} {
  const [content] = Object.entries(toRecord(toRecord(response).content));
  if (content === undefined) return { examples: {} };
  const [type, media] = content;
  return { type, examples: toRecord(toRecord(media).examples) };
}

function problem(kind: 'status' | 'example', word: string, known: readonly string[]): Reply {
  const near = kind === 'example' ? didYouMean(word, known) : '';
  const hint = near || `; known: ${known.join(', ')}`;
  const body = {
    type: 'https://stoplight.io/prism/errors#NOT_FOUND',
    title: 'The server cannot find the requested content',
    status: 404,
    detail: `The document has no ${kind} ${shorten(word)} for this operation${known.length > 0 ? hint : ''}`,
  };
  return { status: 404, type: 'application/problem+json', body: JSON.stringify(body) };
}

function resolve(document: unknown, value: unknown): unknown {
  const { $ref: reference } = toRecord(value);
  if (typeof reference !== 'string') return value;
  const keys = reference.slice(2).split('/');
  return keys.reduce(
    (found: unknown, key) => toRecord(found)[key.replaceAll('~1', '/').replaceAll('~0', '~')],
    document,
  );
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  // Without a prototype: names such as `constructor` are no keys.
  return typeof value === 'object' ? { __proto__: null, ...value } : {};
}
