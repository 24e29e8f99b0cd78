/** Milliseconds between the UNIX epoch and Discord's, the first moment of 2015. */
const DISCORD_EPOCH = 1_420_070_400_000n;
/** A snowflake's time stands above 22 bits of worker, process and counter. */
const TIME_SHIFT = 22n;
const LARGEST = 0xffff_ffff_ffff_ffffn;

/**
 * Reads the id of a Discord account, guild, channel or message.
 *
 * Source: Discord, https://discord.com/developers/docs/reference#snowflakes.
 *
 * @param input - decimal digits or a bigint. A JavaScript number is rejected: it has lost digits above 2^53.
 * @returns decimal digits without leading zeros, the form that the API sends and takes
 * @throws TypeError where the input is no whole number from 0 to 2^64 − 1
 */
export function parseSnowflake(input: string | bigint): string {
  rejectNumber(input);
  const text = String(input);
  // Leading zeros and values above 64 bits do not survive the conversion.
  if (/^\d{1,20}$/.test(text) && String(BigInt.asUintN(64, BigInt(text))) === text) return text;
  throw new TypeError('A Discord id must be digits, at most 2^64 - 1');
}

/**
 * Tells when Discord made an id.
 *
 * Source: Discord, https://discord.com/developers/docs/reference#snowflakes.
 *
 * @param snowflake - id of an account, guild, channel or message
 * @returns the moment, exact to the millisecond
 * @throws TypeError where the input is no Discord id
 */
export function snowflakeToDate(snowflake: string | bigint): Date {
  return new Date(Number((BigInt(parseSnowflake(snowflake)) >> TIME_SHIFT) + DISCORD_EPOCH));
}

/**
 * Makes the smallest id that Discord could have given at a moment, for comparing ids with a time.
 *
 * Source: Discord, https://discord.com/developers/docs/reference#snowflakes.
 *
 * @param date - a moment from 2015-01-01 on
 * @returns decimal digits; every id made at the moment or later is equal or greater
 * @throws RangeError where the moment lies outside of what a Discord id can hold
 */
export function dateToSnowflake(date: Date): string {
  const time = BigInt(date.getTime()) - DISCORD_EPOCH;
  const snowflake = time << TIME_SHIFT;
  if (time < 0n || snowflake > LARGEST) throw new RangeError('Discord ids hold moments from 2015 to 2154');
  return String(snowflake);
}

/** Without a type checker, callers may pass ids as numbers, which look right and have lost digits. */
export function rejectNumber(input: unknown): void {
  if (typeof input === 'number') {
    throw new TypeError('A Discord id must be a string or a bigint: numbers lose digits');
  }
}
