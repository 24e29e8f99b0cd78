/**
 * Placeholders of the recordings, for values that the server generates: `<member1.id>`, `<switch2.timestamp>`,
 * `<trace>`, `<now>`.
 */
import { createHash } from 'node:crypto';
import type { Exchange, Json, Version } from './recordings.ts';

const placeholder = /<(?:(?:member|group|switch)\d+\.(?:id|uuid|created|timestamp)|trace|now)>/g;

/** Every placeholder in a text, paths and messages included, in order. */
export function placeholdersIn(text: string): string[] {
  return text.match(placeholder) ?? [];
}

/**
 * The same value with each placeholder replaced, in keys too.
 *
 * @param lookUp - returns the value of a placeholder (`<member1.id>`), or undefined to keep the placeholder
 */
export function substitute(value: Json, lookUp: (name: string) => string | undefined): Json {
  if (typeof value === 'string') return substituteText(value, lookUp);
  if (Array.isArray(value)) return value.map((item) => substitute(item, lookUp));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [substituteText(key, lookUp), substitute(item, lookUp)]),
  );
}

/** Like {@link substitute}, for a text such as a path. */
export function substituteText(text: string, lookUp: (name: string) => string | undefined): string {
  return text.replace(placeholder, (name) => lookUp(name) ?? name);
}

/** The same exchange with each placeholder replaced, in path, bodies and events. */
export function substituteExchange(
  exchange: Exchange,
  lookUp: (name: string) => string | undefined,
): Exchange {
  const { request, response, dispatched } = exchange;
  return {
    ...exchange,
    request: {
      ...request,
      path: substituteText(request.path, lookUp),
      ...(request.body !== undefined && { body: substitute(request.body, lookUp) }),
    },
    response: {
      ...response,
      ...(response.body !== undefined && { body: substitute(response.body, lookUp) }),
    },
    ...(dispatched && { dispatched: dispatched.map((event) => substitute(event, lookUp)) }),
  };
}

/**
 * Remembers what a live response gives for each placeholder that the recorded response has in the same place.
 * Placeholders that are bound already keep their value. Lists are walked in order.
 */
export function bind(recorded: Json, actual: Json | undefined, bound: Map<string, string>): void {
  if (typeof recorded === 'string') {
    const [name] = placeholdersIn(recorded);
    if (name === recorded && typeof actual === 'string' && !bound.has(name)) bound.set(name, actual);
  } else if (Array.isArray(recorded)) {
    recorded.forEach((item, index) => {
      bind(item, Array.isArray(actual) ? actual[index] : undefined, bound);
    });
  } else if (recorded !== null && typeof recorded === 'object') {
    const object = actual !== null && typeof actual === 'object' && !Array.isArray(actual) ? actual : {};
    for (const [key, item] of Object.entries(recorded)) bind(item, object[key], bound);
  }
}

/**
 * A value of the form that the server would give, always the same for the same name: members and groups have ids of
 * letters, switches UUIDs. No such value occurs in the worlds.
 */
export function plausibleValue(name: string, version: Version): string {
  if (name === '<now>') return '2026-11-21T12:00:00.123456Z';
  if (name === '<trace>') return `00-${digest('trace', 32)}-${digest('parent', 16)}-00`;
  const [, kind = '', number = '', field = ''] = /^<([a-z]+)(\d+)\.([a-z]+)>$/.exec(name) ?? [];
  if (field === 'created' || field === 'timestamp') return timestamp(Number(number));
  if (field === 'id' && kind !== 'switch') return letters(kind, Number(number), version === 'v1' ? 5 : 6);
  const hex = digest(`${kind}${number}`, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** Later things have later timestamps. */
function timestamp(number: number): string {
  return new Date(Date.UTC(2026, 10, 21) + number * 1000).toISOString().replace('000Z', '123456Z');
}

/** `xm` or `xg` and the number in letters: `xmaaab`. */
function letters(kind: string, number: number, length: number): string {
  let rest = number;
  let text = '';
  while (text.length < length - 2) {
    text = String.fromCharCode(97 + (rest % 26)) + text;
    rest = Math.floor(rest / 26);
  }
  return `x${kind.slice(0, 1)}${text}`;
}
