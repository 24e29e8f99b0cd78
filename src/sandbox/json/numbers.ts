import { JsonSyntaxError } from './syntax-error.ts';
import { JsonNumber } from './token.ts';

/** Integers of more digits are not converted, which takes long for a million of them. */
const mostDigits = 400;
const minus = '-'.charCodeAt(0);
const point = '.'.charCodeAt(0);
const zero = '0'.charCodeAt(0);
const nine = '9'.charCodeAt(0);
/** `[-+.\w$]`: what belongs to a word, by the code of the character. */
const inWord = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[-+.\w$]/.test(String.fromCharCode(code))),
);

/** Whether a word ends at a position, or would go on. */
export function isWordEnd(text: string, position: number): boolean {
  const code = text.charCodeAt(position);
  return !(code < 128 && inWord[code] === 1);
}

/**
 * Reads a decimal number without an exponent, as most are; undefined where something else is there. For speed alone:
 * `readNumber` takes all that this takes.
 */
export function readPlainNumber(text: string, start: number): JsonNumber | undefined {
  const first = text.charCodeAt(start) === minus ? start + 1 : start;
  const whole = skipDigits(text, first);
  const digits = whole - first;
  if (digits === 0 || (digits > 1 && text.charCodeAt(first) === zero)) return undefined;
  const isInteger = text.charCodeAt(whole) !== point;
  const end = isInteger ? whole : skipDigits(text, whole + 1);
  if (!isWordEnd(text, end)) return undefined;
  const source = text.slice(start, end);
  if (!isInteger) return new JsonNumber(source, Number(source));
  return digits > mostDigits ? beyondLong(source) : new JsonNumber(source);
}

function skipDigits(text: string, start: number): number {
  let end = start;
  for (let code = text.charCodeAt(end); code >= zero && code <= nine; code = text.charCodeAt(end)) end += 1;
  return end;
}

/**
 * Reads a number. Those that begin with a zero are hexadecimal or octal to the server.
 *
 * @param word - the number alone
 * @throws {JsonSyntaxError} where it is none
 */
export function readNumber(word: string): JsonNumber {
  const isNegative = word.startsWith('-');
  const digits = isNegative ? word.slice(1) : word;
  const integer = (value: bigint) => new JsonNumber(word, isNegative ? -value : value);
  if (/^0[xX][0-9a-fA-F]+$/.test(digits)) return integer(BigInt(digits.toLowerCase()));
  if (/^0[0-7]+$/.test(digits)) return integer(BigInt(`0o${digits}`));
  const match = /^([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$/.exec(digits);
  if (match === null || /^0[0-9]/.test(digits)) throw new JsonSyntaxError('A bad number');
  const [, , fraction, exponent] = match;
  if (fraction !== undefined || exponent !== undefined || digits.startsWith('.')) {
    return new JsonNumber(word, Number(word));
  }
  return digits.length > mostDigits ? beyondLong(word) : integer(BigInt(digits));
}

/** Longer integers become one of 65 bits, as no field accepts more than 64. */
function beyondLong(source: string): JsonNumber {
  return new JsonNumber(source, source.startsWith('-') ? -(2n ** 64n) : 2n ** 64n);
}
