/** A number of more digits than a number can keep, perhaps within a text. */
const longNumber = /[:[,\s-]\d{16}/;
/** What begins a text or a number; no pattern spans either, as long ones would overflow the stack of the engine. */
const begin = /["\d-]/g;
const endOfNumber = /[^\d.eE+-]|$/g;
const fewestDigits = 16;

/**
 * Parses JSON without losing digits: an integer that a JavaScript number cannot hold, such as a Discord id in an export
 * of the bot, becomes a string of its digits.
 *
 * @throws SyntaxError where the text is no JSON
 */
export function parseJsonKeepingDigits(text: string): unknown {
  const source = text.replace(/^\uFEFF/, '');
  return JSON.parse(longNumber.test(source) ? quoteUnsafeIntegers(source) : source);
}

function quoteUnsafeIntegers(source: string): string {
  const pieces: string[] = [];
  let copied = 0;
  let start = find(begin, source, 0);
  while (start < source.length) {
    const isText = source[start] === '"';
    const end = isText ? endOfText(source, start + 1) : find(endOfNumber, source, start);
    const token = isText ? '' : source.slice(start, end);
    if (isUnsafeInteger(token)) {
      pieces.push(source.slice(copied, start), `"${token}"`);
      copied = end;
    }
    start = find(begin, source, end);
  }
  return pieces.join('') + source.slice(copied);
}

/** Where a pattern matches next; the end of the text where it does not. */
function find(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(text)?.index ?? text.length;
}

/** The position after the quote that closes a text. */
function endOfText(source: string, start: number): number {
  for (let position = start; position < source.length; position += 1) {
    if (source[position] === '"') return position + 1;
    if (source[position] === '\\') position += 1;
  }
  return source.length;
}

function isUnsafeInteger(token: string): boolean {
  const digits = token.startsWith('-') ? token.slice(1) : token;
  return digits.length >= fewestDigits && !/\D/.test(digits) && !Number.isSafeInteger(Number(token));
}
