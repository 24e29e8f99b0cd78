const LARGEST = 0xffffff;

/**
 * Reads a colour.
 *
 * Source: `color` in `test/recordings/v2/members`; the forms with `#` are those of CSS, which the API rejects.
 *
 * @param input - six hex digits in any case with or without `#`, the short CSS form `#f70`, or an integer
 * @returns an integer from 0 to 0xFFFFFF, as Discord's embeds take it (which show 0 as no colour)
 * @throws TypeError where a text is no colour
 * @throws RangeError where a number is no integer from 0 to 0xFFFFFF
 */
export function parseColor(input: string | number): number {
  if (typeof input === 'number') {
    if (Number.isInteger(input) && input >= 0 && input <= LARGEST) return input;
    throw new RangeError(`${input} is no colour: expected an integer from 0 to 16777215`);
  }
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(input);
  const digits = short
    ? `${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}`
    : input.replace(/^#/, '');
  if (/^[\da-f]{6}$/i.test(digits)) return Number.parseInt(digits, 16);
  throw new TypeError(`${JSON.stringify(input)} is no colour: expected six hex digits`);
}

/**
 * Writes a colour as the API takes it.
 *
 * @param input - whatever {@link parseColor} reads
 * @returns six hex digits in lower case, without `#`
 * @throws TypeError, RangeError as {@link parseColor} does
 */
export function formatColor(input: string | number): string {
  return parseColor(input).toString(16).padStart(6, '0');
}

/**
 * Writes a colour for style sheets.
 *
 * @param input - whatever {@link parseColor} reads
 * @returns `#` and six hex digits in lower case
 * @throws TypeError, RangeError as {@link parseColor} does
 */
export function colorToCss(input: string | number): string {
  return `#${formatColor(input)}`;
}
