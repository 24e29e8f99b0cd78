import { JsonNumber, type JsonToken } from './token.ts';

/** Thrown for a text that the server cannot read as JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
}

/** Nesting deeper than this is refused, as the server does. */
const maximumDepth = 32;

const whitespace = new Set([' ', '\t', '\n', '\r', '\u00a0', '\u2028', '\u2029', '\ufeff', '\v', '\f']);
const identifier = /[\p{L}\p{Nd}_$]/u;
const literals: ReadonlyMap<string, JsonToken> = new Map<string, JsonToken>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', null],
  ...['NaN', 'Infinity', '-Infinity'].map((word) => [word, new JsonNumber(Number(word), word)] as const),
]);
const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '\\': '\\',
  '/': '/',
  '"': '"',
  "'": "'",
};

/**
 * Reads JSON as leniently as the server: single quotes, keys without quotes, comments, trailing commas, and anything
 * after the first value are let pass.
 *
 * @throws {JsonSyntaxError} where even the server refuses, or where nothing is there to read
 */
export function parseJson(text: string): JsonToken {
  return new Reader(text).readValue(0);
}

class Reader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readValue(depth: number): JsonToken {
    this.#skipBlanks();
    const character = this.#text[this.#position];
    switch (character) {
      case undefined:
        throw new JsonSyntaxError('Unexpected end');
      case '{':
        return this.#readObject(depth + 1);
      case '[':
        return this.#readList(depth + 1);
      case '"':
      case "'":
        return this.#readString();
      default:
        return this.#readWord();
    }
  }

  #readObject(depth: number): JsonToken {
    this.#enter(depth);
    const members = new Map<string, JsonToken>();
    for (;;) {
      this.#skipBlanks();
      if (this.#take('}')) return members;
      const key = this.#readKey();
      this.#skipBlanks();
      if (!this.#take(':')) throw new JsonSyntaxError('A colon is missing');
      members.set(key, this.readValue(depth));
      this.#skipBlanks();
      if (this.#take('}')) return members;
      if (!this.#take(',')) throw new JsonSyntaxError('A comma is missing');
    }
  }

  #readList(depth: number): JsonToken {
    this.#enter(depth);
    const items: JsonToken[] = [];
    for (;;) {
      this.#skipBlanks();
      if (this.#take(']')) return items;
      items.push(this.#text[this.#position] === ',' ? null : this.readValue(depth));
      this.#skipBlanks();
      if (this.#take(']')) return items;
      if (!this.#take(',')) throw new JsonSyntaxError('A comma is missing');
    }
  }

  #enter(depth: number): void {
    if (depth > maximumDepth) throw new JsonSyntaxError('Nested too deep');
    this.#position += 1;
  }

  #readKey(): string {
    const first = this.#text[this.#position];
    if (first === '"' || first === "'") return this.#readString();
    const start = this.#position;
    while (identifier.test(this.#text[this.#position] ?? '')) this.#position += 1;
    if (this.#position === start) throw new JsonSyntaxError('A key is missing');
    return this.#text.slice(start, this.#position);
  }

  #readString(): string {
    const quote = this.#text[this.#position];
    this.#position += 1;
    let value = '';
    let start = this.#position;
    for (;;) {
      const character = this.#text[this.#position];
      if (character === undefined) throw new JsonSyntaxError('A string does not end');
      if (character === quote) {
        value += this.#text.slice(start, this.#position);
        this.#position += 1;
        return value;
      }
      if (character === '\\') {
        value += this.#text.slice(start, this.#position) + this.#readEscape();
        start = this.#position;
      } else {
        this.#position += 1;
      }
    }
  }

  #readEscape(): string {
    const letter = this.#text[this.#position + 1] ?? '';
    if (letter === 'u') {
      const digits = this.#text.slice(this.#position + 2, this.#position + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new JsonSyntaxError('A bad escape');
      this.#position += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const escaped = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (escaped === undefined) throw new JsonSyntaxError('A bad escape');
    this.#position += 2;
    return escaped;
  }

  #readWord(): JsonToken {
    const match = /[-+.\w$]+/y;
    match.lastIndex = this.#position;
    const word = match.exec(this.#text)?.[0];
    if (word === undefined) throw new JsonSyntaxError('A value is missing');
    this.#position += word.length;
    const literal = literals.get(word);
    return literal === undefined ? readNumber(word) : literal;
  }

  #skipBlanks(): void {
    for (;;) {
      const character = this.#text[this.#position];
      if (character !== undefined && whitespace.has(character)) this.#position += 1;
      else if (character === '/') this.#skipComment();
      else return;
    }
  }

  #skipComment(): void {
    const kind = this.#text[this.#position + 1];
    if (kind !== '*' && kind !== '/') throw new JsonSyntaxError('A bad comment');
    const end = this.#text.indexOf(kind === '*' ? '*/' : '\n', this.#position + 2);
    if (end === -1 && kind === '*') throw new JsonSyntaxError('A comment does not end');
    this.#position = end === -1 ? this.#text.length : end + (kind === '*' ? 2 : 1);
  }

  #take(character: string): boolean {
    if (this.#text[this.#position] !== character) return false;
    this.#position += 1;
    return true;
  }
}

/** Integers of more digits are not converted, which takes long for a million of them. */
const mostDigits = 400;
/** Stands for them, as nothing takes an integer beyond 64 bits. */
const beyondLong = 2n ** 64n;

/** Numbers that begin with a zero are hexadecimal or octal to the server. */
function readNumber(word: string): JsonNumber {
  const [, sign, digits] = /^(-?)(.*)$/s.exec(word) ?? [];
  if (digits === undefined) throw new JsonSyntaxError('A bad number');
  const integer = (value: bigint) => new JsonNumber(sign === '-' ? -value : value, word);
  if (/^0[xX][0-9a-fA-F]+$/.test(digits)) return integer(BigInt(digits.toLowerCase()));
  if (/^0[0-7]+$/.test(digits)) return integer(BigInt(`0o${digits}`));
  if (/^(0|[1-9][0-9]*)$/.test(digits))
    return integer(digits.length > mostDigits ? beyondLong : BigInt(digits));
  if (/^([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$/.test(digits) && !/^0[0-9]/.test(digits)) {
    return new JsonNumber(Number(word), word);
  }
  throw new JsonSyntaxError('A bad number');
}
