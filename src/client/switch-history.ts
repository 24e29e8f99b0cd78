import type { SwitchesMethods } from '../../generated/v2/methods.ts';
import type { Switch } from '../../generated/v2/schema.ts';
import { CALL_OPTIONS, checkNames } from './assert-options.ts';
import { check } from './check.ts';
import type { CallOptions } from './options.ts';
import type { SystemReference } from './values.ts';

/** The most switches of a page. */
const PAGE = 100;

/** A moment as the API writes it, in UTC with `Z`; a Date; or a Temporal.Instant. */
export type Moment = string | Date | { toString(): string };

export interface HistoryOptions extends CallOptions {
  /** Only switches at this moment or later. */
  readonly since?: Moment | undefined;
  /** Only switches before this moment. */
  readonly until?: Moment | undefined;
  /** The most switches. */
  readonly limit?: number | undefined;
}

export interface SwitchHistory {
  /**
   * Walks through a system's switches, newest first, and requests the next page only when it is needed. The first call loads the code for it.
   *
   * @example
   * for await (const { timestamp, members } of pk.switches.history('@me', { since: '2024-01-01T00:00:00Z' })) …
   * @throws TypeError where a moment is none; all that `switches.list` throws
   */
  history(system: SystemReference, options?: HistoryOptions): AsyncGenerator<Switch, void, undefined>;
}

/**
 * The server's `before` excludes the moment itself: going on from the last switch of a page would lose any other one within
 * the same microsecond. So what has the timestamp of a full page's last switch is left to the next page, which begins with all
 * of it.
 */
export async function* walkHistory(
  list: SwitchesMethods['list'],
  system: SystemReference,
  options: HistoryOptions,
): AsyncGenerator<Switch, void, undefined> {
  checkNames(options, ['since', 'until', 'limit', ...CALL_OPTIONS]);
  const { since, until, limit = Infinity, ...ofCall } = options;
  check(limit >= 0, 'limit must be a number from 0');
  const oldest = since === undefined ? -Infinity : toMicroseconds(textOf(since));
  let before = until === undefined ? undefined : textOf(until);
  // Throws before any request.
  if (before !== undefined) toMicroseconds(before);
  let left = limit;
  while (left > 0) {
    const size = Math.min(PAGE, left);
    const page = await list(system, { ...ofCall, limit: size, before });
    const end = page.at(-1)?.timestamp;
    const isLast = page.length < size || size === left || (end !== undefined && toMicroseconds(end) < oldest);
    const sure = isLast ? page : page.filter(({ timestamp }) => timestamp !== end);
    // Where a whole page lies within one microsecond, only what is earlier can still be reached.
    for (const one of sure.length > 0 ? sure : page) {
      if (toMicroseconds(one.timestamp) < oldest) return;
      yield one;
      left--;
      before = one.timestamp;
    }
    if (isLast) return;
  }
}

function textOf(moment: Moment): string {
  return moment instanceof Date ? moment.toISOString() : String(moment);
}

/**
 * Reads timestamps as the server writes them, in a fraction of the bytes that it takes to read any. A number holds
 * microseconds exactly until the year 2255.
 */
function toMicroseconds(timestamp: string): number {
  const [, seconds, fraction = ''] = /^(.{19,}?)(?:\.(\d+))?Z$/.exec(timestamp) ?? [];
  const time = Date.parse(`${seconds}Z`) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
  if (Number.isNaN(time)) throw new TypeError(`${timestamp} is no moment in UTC, ending in Z`);
  return time;
}
