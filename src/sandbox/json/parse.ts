import { isWordEnd, readNumber, readPlainNumber } from './numbers.ts';
import { readString } from './strings.ts';
import { JsonSyntaxError } from './syntax-error.ts';
import { JsonNumber, type JsonToken } from './token.ts';

/** Nesting deeper than this is rejected, as the server does. */
const maximumDepth = 32;

const blanks = new Set(
  Array.from(' \t\n\r\u00a0\u2028\u2029\ufeff\v\f', (character) => character.charCodeAt(0)),
);
const slash = '/'.charCodeAt(0);
const lastCommonBlank = ' '.charCodeAt(0);
/** Characters beyond the basic plane do not match, as the server reads their UTF-16 halves. */
const identifier = /(?:(?![\u{10000}-\u{10ffff}])[\p{L}\p{Nd}_$])+/uy;
const word = /[-+.\w$]+/y;
const literals: readonly (readonly [string, JsonToken])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', null],
  ...['NaN', 'Infinity', '-Infinity'].map((word) => [word, new JsonNumber(word, Number(word))] as const),
];
/**
 * Reads JSON as leniently as the server: single quotes, keys without quotes, comments, trailing commas, and anything
 * after the first value are accepted.
 *
 * @throws {JsonSyntaxError} where the server rejects the text too, or where there is no text
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
    const key = this.#match(identifier);
    if (key === '') throw new JsonSyntaxError('A key is missing');
    return key;
  }

  #readString(): string {
    const { value, end } = readString(this.#text, this.#position);
    this.#position = end;
    return value;
  }

  #readWord(): JsonToken {
    const number = readPlainNumber(this.#text, this.#position);
    if (number !== undefined) {
      this.#position += number.source.length;
      return number;
    }
    for (const [literal, value] of literals) {
      if (
        this.#text.startsWith(literal, this.#position) &&
        isWordEnd(this.#text, this.#position + literal.length)
      ) {
        this.#position += literal.length;
        return value;
      }
    }
    const value = this.#match(word);
    if (value === '') throw new JsonSyntaxError('A value is missing');
    return readNumber(value);
  }

  /** Consumes the match of a sticky pattern; returns an empty text where it does not match. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    const [found = ''] = pattern.exec(this.#text) ?? [];
    this.#position += found.length;
    return found;
  }

  #skipBlanks(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#position);
      if (code > lastCommonBlank && code < slash) return;
      if (blanks.has(code)) this.#position += 1;
      else if (code === slash) this.#skipComment();
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
