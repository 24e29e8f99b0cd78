import type { Fronters } from '../../generated/v2/schema.ts';
import { sleep } from '../client/deadline.ts';
import { endingAtOnce } from '../client/ending-at-once.ts';
import { NetworkError, RateLimitedError, ServerError, TimeoutError } from '../client/errors.ts';
import { emit } from '../client/events.ts';
import type { PluralKit } from '../client/pluralkit.ts';
import type { SystemReference } from '../client/values.ts';
import { assertClient } from '../models/assert-client.ts';
import { checkOptions, has, is, isTime, type OptionChecks } from '../models/check-options.ts';
import type { WebAbortSignal } from '../models/web-types.ts';
import type { FrontEvents } from './front-events.ts';

const SHORTEST_INTERVAL = 5_000;
/** A day. */
const LONGEST_INTERVAL = 86_400_000;
const INTERVAL = 15_000;
/** However many events there are. */
const SHORTEST_REST = 1_000;
/** Events may be lost, and are never sent again. */
const INTERVAL_WITH_EVENTS = 300_000;
const LONGEST_DELAY = 300_000;
/** The share of the interval that is random, so that many processes do not poll at once. */
const JITTER = 0.1;

export interface WatchOptions {
  /**
   * Milliseconds from one request to the next, from 5,000 to a day. With `events`, it is only for events that got lost.
   *
   * @default 15_000, with `events` 300_000
   */
  readonly interval?: number | undefined;
  /** Ends the iteration, without an error. */
  readonly signal?: WebAbortSignal | undefined;
  /** Webhook events of the system: the fronters are read again after events about a switch, at most once a second. */
  readonly events?: FrontEvents | undefined;
  /** Called with errors of the network and the server, after which it tries again with growing delays. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

const checks: OptionChecks<WatchOptions> = {
  interval: isTime(SHORTEST_INTERVAL, LONGEST_INTERVAL),
  signal: is.signal,
  events: { expected: 'FrontEvents', fits: has('listen') },
  onError: is.function,
};

/**
 * Yields who fronts: at once, and then each time that it changes (`GET /systems/{systemRef}/fronters`). Other changes,
 * such as of a member's name, do not count. A slow consumer gets only the newest state. `return()` ends it at once.
 *
 * @returns null where the system has never switched (204)
 * @throws TypeError where an option can't be used; errors of the request other than of the network and the
 * server, such as ForbiddenError where the front is private
 * @example
 * for await (const front of watchFronters(pk, 'exmpl', { signal })) console.log(front?.members.map(({ name }) => name));
 */
export function watchFronters(
  pk: PluralKit,
  system: SystemReference,
  options?: WatchOptions,
): AsyncGenerator<Fronters | null, void, undefined> {
  const stop = new AbortController();
  return endingAtOnce(follow(pk, system, options, stop), () => stop.abort());
}

async function* follow(
  pk: PluralKit,
  system: SystemReference,
  options: WatchOptions = {},
  stop: AbortController,
): AsyncGenerator<Fronters | null, void, undefined> {
  assertClient(pk);
  checkOptions(options, checks);
  const { interval, events, onError } = options;
  const { signal } = stop;
  const every = interval ?? (events ? INTERVAL_WITH_EVENTS : INTERVAL);
  let uuid: string | undefined;
  let hasSwitched = false;
  let wake: () => void = () => undefined;
  const stopListening = events?.listen((switched) => {
    if (uuid !== undefined && switched !== uuid) return;
    hasSwitched = true;
    wake();
  });
  const abort = () => stop.abort();
  options.signal?.addEventListener('abort', abort);
  if (options.signal?.aborted) abort();
  signal.addEventListener('abort', () => wake());
  let last: string | undefined;
  let failures = 0;
  try {
    while (!signal.aborted) {
      hasSwitched = false;
      const askedAt = performance.now();
      try {
        if (events) uuid ??= (await pk.systems.get(system, { signal })).uuid;
        const front = await pk.switches.getFronters(system, { signal });
        failures = 0;
        const key = keyOf(front);
        if (key !== last) {
          last = key;
          yield front;
        }
      } catch (error) {
        if (signal.aborted) return;
        if (!isPassing(error)) throw error;
        failures++;
        emit(onError, error);
      }
      const delay = Math.min(every * 2 ** failures, Math.max(every, LONGEST_DELAY));
      // An event during the request may not be in the response.
      if ((!hasSwitched || failures > 0) && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, delay * (1 + JITTER * Math.random()));
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      await sleep(askedAt + SHORTEST_REST - performance.now(), signal);
    }
  } finally {
    stopListening?.();
    options.signal?.removeEventListener('abort', abort);
  }
}

function keyOf(front: Fronters | null): string {
  return front === null ? '' : JSON.stringify([front.id, front.timestamp, front.members.map(({ id }) => id)]);
}

/** Whether a later try may succeed. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof NetworkError ||
    error instanceof TimeoutError ||
    error instanceof ServerError ||
    error instanceof RateLimitedError
  );
}
