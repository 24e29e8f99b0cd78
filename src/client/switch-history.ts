import type { SwitchesMethods } from '../../generated/v2/methods.ts';
import type { Switch } from '../../generated/v2/schema.ts';
import type { CallOptions } from './options.ts';
import type { SystemReference } from './values.ts';

/** A page is at most this long. */
const PAGE = 100;

/** A moment as the API writes it, in UTC with `Z`; a Date; or a Temporal.Instant. */
export type Moment = string | Date | { toString(): string };

export interface HistoryOptions extends CallOptions {
  /** Only switches at this moment or later. */
  readonly since?: Moment | undefined;
  /** Only switches before this moment. */
  readonly until?: Moment | undefined;
  /** So many switches at most. */
  readonly limit?: number | undefined;
}

export interface SwitchHistory {
  /**
   * Walks through a system's switches, newest first, and asks for the next page only when it is needed.
   *
   * @example
   * for await (const { timestamp, members } of pk.switches.history('@me', { since: '2024-01-01T00:00:00Z' })) …
   * @throws TypeError where a moment is none; all that `switches.list` throws
   */
  history(system: SystemReference, options?: HistoryOptions): AsyncGenerator<Switch, void, undefined>;
}

/**
 * The server's `before` leaves out the moment itself, so that going on from the last switch of a page would lose any other
 * one within the same microsecond. Each page therefore begins one microsecond later than the last one ended, and what was
 * already seen is left out.
 */
export async function* walkHistory(
  list: SwitchesMethods['list'],
  system: SystemReference,
  { since, until, limit = Number.POSITIVE_INFINITY, ...options }: HistoryOptions,
): AsyncGenerator<Switch, void, undefined> {
  const oldest = since === undefined ? Number.NEGATIVE_INFINITY : toMicroseconds(since);
  let before = until === undefined ? undefined : toTimestamp(toMicroseconds(until));
  let left = limit;
  let seen = new Set<string>();
  while (left > 0) {
    const size = Math.min(PAGE, left + seen.size);
    const page = await list(system, { ...options, limit: size, ...(before !== undefined && { before }) });
    const unseen = page.filter(({ id }) => !seen.has(id));
    for (const one of unseen) {
      if (toMicroseconds(one.timestamp) < oldest) return;
      yield one;
      if (--left <= 0) return;
    }
    const end = page.at(-1)?.timestamp;
    if (end === undefined || page.length < size) return;
    // Where a whole page lies within one microsecond and was seen, only what is earlier can still be reached.
    before = unseen.length === 0 ? end : toTimestamp(toMicroseconds(end) + 1);
    seen = new Set(page.filter(({ timestamp }) => timestamp === end).map(({ id }) => id));
  }
}

/**
 * The models of this package read and write timestamps of any year and form; this does it for those of the server alone, in a
 * fifth of the bytes. A number holds microseconds exactly until the year 2255.
 */
function toMicroseconds(moment: Moment): number {
  const text = moment instanceof Date ? moment.toISOString() : String(moment);
  const [, seconds, fraction = ''] = /^(.{19,}?)(?:\.(\d+))?Z$/.exec(text) ?? [];
  const time = Date.parse(`${seconds}Z`) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
  if (Number.isNaN(time)) throw new TypeError(`${text} is no moment: expected YYYY-MM-DDTHH:MM:SS.ffffffZ`);
  return time;
}

function toTimestamp(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds - milliseconds * 1000).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
}
