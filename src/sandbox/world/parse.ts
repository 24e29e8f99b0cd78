/** A number of more digits than a number can keep, outside of texts. */
const longNumber = /[:[,\s]\d{16}/;

/**
 * Parses the text of a world. Whole numbers that would lose digits become texts: exports hold Discord ids as numbers.
 *
 * @throws {SyntaxError} where it is no JSON
 */
export function parseWorldText(text: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  return longNumber.test(json) ? JSON.parse(json, keepDigits) : JSON.parse(json);
}

/** @param context - tells how a number is written; older engines omit it */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^\d+$/.test(source) ? source : value;
}
