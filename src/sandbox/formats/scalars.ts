import { hasDay } from '../../models/calendar-date.ts';

/** True for what .NET takes for blank. */
export function isBlank(text: string): boolean {
  return /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/.test(text);
}

/** True for six hexadecimal digits. */
export function isColor(text: string): boolean {
  return /^[0-9a-fA-F]{6}$/.test(text);
}

/** True for `YYYY-MM-DD` of a day that there is. */
export function isBirthday(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return Number(year) >= 1 && hasDay(Number(year), Number(month), Number(day));
}

/** True where the database can keep a text: not with a NUL, nor with half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return (
    !text.includes('\0') &&
    !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)
  );
}

const largestUnsignedLong = 2n ** 64n - 1n;
/** Numbers of more digits are not converted, which takes long for a million of them. */
const mostDigits = String(largestUnsignedLong).length;

/** Reads a Discord id, as decimal text without leading zeros; undefined where .NET reads no unsigned 64-bit integer. */
export function parseSnowflake(text: string): string | undefined {
  if (!/^\s*(\+?[0-9]+|-0+)\s*$/.test(text)) return undefined;
  const digits = text.trim().replace(/^[-+]?0*/, '');
  if (digits.length > mostDigits) return undefined;
  const value = BigInt(digits);
  return value > largestUnsignedLong ? undefined : value.toString();
}
