import { type Instant, instantOf } from './instant.ts';

/*
 * Where a switch is moved, the server reads the timestamp as .NET reads dates that people write. A time without a zone
 * is taken as UTC.
 */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName = '(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const time = String.raw`(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:\.(?<fraction>\d{1,9}))?)?(?:\s*(?<half>am|pm))?`;
const zone = String.raw`\s*(?:z|gmt|(?<sign>[-+])(?<zoneHour>\d{1,2}):?(?<zoneMinute>\d{2}))?`;
const dates = [
  String.raw`(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})`,
  String.raw`(?<month>\d{1,2})[-/](?<day>\d{1,2})[-/](?<year>\d{4})`,
  String.raw`(?<day>\d{1,2})[- ]${monthName},?[- ](?<year>\d{4})`,
  String.raw`${monthName}\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})`,
];
const forms = dates.map((date) => new RegExp(String.raw`^\s*${date}(?:(?:t|,?\s+)${time}${zone})?\s*$`, 'i'));

/** Reads a date, with or without a time and a zone; undefined where it is none. */
export function parseLooseDateTime(text: string): Instant | undefined {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts !== undefined) return momentOf(parts);
  }
  return undefined;
}

function momentOf(parts: Readonly<Record<string, string | undefined>>): Instant | undefined {
  const month = parts.name === undefined ? Number(parts.month) : months.indexOf(parts.name.toLowerCase()) + 1;
  const hour = hourOf(Number(parts.hour ?? 0), parts.half?.toLowerCase());
  if (hour === undefined || Number(parts.year) < 1) return undefined;
  const local = instantOf(
    Number(parts.year),
    month,
    Number(parts.day),
    hour,
    Number(parts.minute ?? 0),
    Number(parts.second ?? 0),
    parts.fraction,
  );
  return local === undefined ? undefined : local - zoneOffset(parts);
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour < 24 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

function zoneOffset(parts: Readonly<Record<string, string | undefined>>): bigint {
  const minutes = Number(parts.zoneHour ?? 0) * 60 + Number(parts.zoneMinute ?? 0);
  return BigInt(parts.sign === '-' ? -minutes : minutes) * 60_000_000_000n;
}
