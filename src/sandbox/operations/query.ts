import { type Instant, isStorableInstant, parseInstant } from '../formats/instant.ts';
import { isBlank, parseSnowflake } from '../formats/scalars.ts';
import { badRequest } from './errors.ts';

/* Reads parameters of the query as the server binds them; what it cannot read is a bad request. */

/** The first one of a name, in any case. */
function find(query: URLSearchParams, name: string): string | undefined {
  return [...query].find(([key]) => key.toLowerCase() === name)?.[1];
}

/** A parameter that may be left blank, which counts as not given. */
function read<Value>(
  query: URLSearchParams,
  name: string,
  parse: (text: string) => Value | undefined,
): Value | undefined {
  const text = find(query, name) ?? '';
  if (isBlank(text)) return undefined;
  const value = parse(text);
  if (value === undefined) throw badRequest();
  return value;
}

export function readSnowflake(query: URLSearchParams, name: string): string | undefined {
  return read(query, name, parseSnowflake);
}

export function readInstant(query: URLSearchParams, name: string): Instant | undefined {
  return read(query, name, (text) => {
    const instant = parseInstant(text);
    return instant !== undefined && isStorableInstant(instant) ? instant : undefined;
  });
}

/** Not below zero, which the server fails on. */
export function readCount(query: URLSearchParams, name: string): number | undefined {
  return read(query, name, (text) => {
    const count = /^\s*\+?[0-9]+\s*$/.test(text) ? Number(text) : Number.NaN;
    return count < 2 ** 31 ? count : undefined;
  });
}

/** Unlike the others, a flag may not be left blank. */
export function readFlag(query: URLSearchParams, name: string): boolean {
  const text = find(query, name);
  if (text === undefined) return false;
  const word = text.trim().toLowerCase();
  if (word !== 'true' && word !== 'false') throw badRequest();
  return word === 'true';
}
