const stringOrNumber = /"(?:[^"\\]|\\[\s\S])*"?|-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/g;
const integer = /^-?\d{16,}$/;
/** A number of more digits than a number can keep, perhaps within a text. */
const longNumber = /[:[,\s-]\d{16}/;

/**
 * Parses JSON without losing digits: an integer that a JavaScript number cannot hold, such as a Discord id in an export
 * of the bot, becomes a string of its digits.
 *
 * @throws SyntaxError where the text is no JSON
 */
export function parseJsonKeepingDigits(text: string): unknown {
  const source = text.replace(/^\uFEFF/, '');
  if (!longNumber.test(source)) return JSON.parse(source);
  return JSON.parse(
    source.replace(stringOrNumber, (token) => (isUnsafeInteger(token) ? `"${token}"` : token)),
  );
}

function isUnsafeInteger(token: string): boolean {
  return integer.test(token) && !Number.isSafeInteger(Number(token));
}
