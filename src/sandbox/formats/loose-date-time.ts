import { type Instant, instantOf, lastInstant } from './instant.ts';

/*
 * Where a switch is moved, the server reads the timestamp as .NET reads dates that people write. A time without a zone
 * is taken as UTC, a month without a day as its first.
 */

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName = `(?<name>${months.join('|')})[a-z]*`;
const weekday = String.raw`(?:(?<weekday>${weekdays.join('|')})[a-z]*,?\s+)?`;
const time = String.raw`(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:\.(?<fraction>\d+))?)?(?:\s*(?<half>am|pm))?`;
const zone = String.raw`(?:\s*(?:z|gmt|(?<sign>[-+])(?<zoneHour>\d{1,2})(?::?(?<zoneMinute>\d{2}))?))?`;
const dates = [
  String.raw`(?<year>\d{4})[-/](?<month>\d{1,2})(?:[-/](?<day>\d{1,2}))?`,
  String.raw`(?<month>\d{1,2})[-/](?<day>\d{1,2})[-/](?<year>\d{4})`,
  String.raw`(?<day>\d{1,2})[- ]${monthName},?[- ](?<year>\d{4})`,
  String.raw`${monthName}\s+(?:(?<day>\d{1,2}),?\s+)?(?<year>\d{4})`,
];
/** What a date may look like; for the test that all patterns take linear time. */
export const looseForms: readonly RegExp[] = dates.map(
  (date) => new RegExp(String.raw`^\s*${weekday}${date}(?:(?:t|,?\s+)${time}${zone})?\s*$`, 'i'),
);
const largestOffset = 14n * 3_600_000_000_000n;
const firstInstant = instantOf(1, 1, 1) ?? 0n;

/** Reads a date, with or without a time and a zone; undefined where it is none. */
export function parseLooseDateTime(text: string): Instant | undefined {
  for (const form of looseForms) {
    const parts = form.exec(text)?.groups;
    if (parts !== undefined) return momentOf(parts);
  }
  return undefined;
}

function momentOf(parts: Readonly<Record<string, string | undefined>>): Instant | undefined {
  const month = parts.name === undefined ? Number(parts.month) : months.indexOf(parts.name.toLowerCase()) + 1;
  const hour = hourOf(Number(parts.hour ?? 0), parts.half?.toLowerCase());
  if (hour === undefined) return undefined;
  const [year, day] = [Number(parts.year), Number(parts.day ?? 1)];
  const local = instantOf(year, month, day, hour, Number(parts.minute ?? 0), Number(parts.second ?? 0));
  const offset = zoneOffset(parts);
  if (local === undefined || offset > largestOffset || offset < -largestOffset) return undefined;
  if (parts.weekday !== undefined && !isWeekday(parts.weekday, year, month, day)) return undefined;
  const instant = local + fractionOf(parts.fraction) - offset;
  return instant < firstInstant || instant > lastInstant ? undefined : instant;
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour < 24 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

/** Rounded to a ten millionth of a second, the precision of .NET. */
function fractionOf(digits = '0'): bigint {
  return BigInt(Math.round(Number(`0.${digits}`) * 1e7)) * 100n;
}

function isWeekday(name: string, year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return weekdays[date.getUTCDay()] === name.toLowerCase();
}

function zoneOffset(parts: Readonly<Record<string, string | undefined>>): bigint {
  const minutes = Number(parts.zoneHour ?? 0) * 60 + Number(parts.zoneMinute ?? 0);
  return BigInt(parts.sign === '-' ? -minutes : minutes) * 60_000_000_000n;
}
