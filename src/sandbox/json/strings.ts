import { JsonSyntaxError } from './syntax-error.ts';

const escapes: ReadonlyMap<number, string> = new Map(
  Object.entries({
    b: '\b',
    t: '\t',
    n: '\n',
    f: '\f',
    r: '\r',
    '\\': '\\',
    '/': '/',
    '"': '"',
    "'": "'",
  }).map(([letter, character]) => [letter.charCodeAt(0), character]),
);
const letterU = 'u'.charCodeAt(0);
const backslash = '\\';

/** A string's content, and the position after its closing quote. */
interface ReadString {
  readonly value: string;
  readonly end: number;
}

/**
 * Reads a string.
 *
 * @param text - the whole text
 * @param start - the position of the opening quote
 * @throws {JsonSyntaxError} where it does not end, or an escape is unknown
 */
export function readString(text: string, start: number): ReadString {
  const quote = text[start] ?? '';
  const end = text.indexOf(quote, start + 1);
  if (end === -1) throw new JsonSyntaxError('A string does not end');
  const value = text.slice(start + 1, end);
  return value.includes(backslash) ? readEscaped(text, quote, start + 1) : { value, end: end + 1 };
}

function readEscaped(text: string, quote: string, start: number): ReadString {
  const end = endOfString(text, quote, start);
  return {
    value: readStrictly(text.slice(start - 1, end + 1)) ?? readLeniently(text.slice(start, end)),
    end: end + 1,
  };
}

/** Where the closing quote is. */
function endOfString(text: string, quote: string, start: number): number {
  for (let position = start; position < text.length; position++) {
    const character = text[position];
    if (character === quote) return position;
    if (character === backslash) position += 1;
  }
  throw new JsonSyntaxError('A string does not end');
}

/** A fast path, as most strings are plain JSON. */
function readStrictly(source: string): string | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function readLeniently(source: string): string {
  const pieces: string[] = [];
  let start = 0;
  for (let end = source.indexOf(backslash); end !== -1; end = source.indexOf(backslash, start)) {
    pieces.push(source.slice(start, end), readEscape(source, end));
    start = end + (source.charCodeAt(end + 1) === letterU ? 6 : 2);
  }
  return pieces.join('') + source.slice(start);
}

function readEscape(text: string, position: number): string {
  const letter = text.charCodeAt(position + 1);
  if (letter === letterU) return String.fromCharCode(readHexadecimal(text, position + 2));
  const escaped = escapes.get(letter);
  if (escaped === undefined) throw new JsonSyntaxError('A bad escape');
  return escaped;
}

function readHexadecimal(text: string, start: number): number {
  let code = 0;
  for (let position = start; position < start + 4; position++) {
    code = code * 16 + hexadecimalDigit(text.charCodeAt(position));
  }
  return code;
}

function hexadecimalDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  if (letter >= 0x61 && letter <= 0x66) return letter - 0x61 + 10;
  throw new JsonSyntaxError('A bad escape');
}
