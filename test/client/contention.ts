import { createBucket, type Place } from '../../src/client/bucket.ts';
import { randomFrom } from './neighbourhood.ts';
import { CodedServer } from './servers.ts';

/** Processes that share one bucket of the server, and know nothing of each other. */
export interface Contention {
  readonly processes: number;
  readonly callsEach: number;
  readonly limit: number;
  /** Milliseconds of a round trip, at least and at most. */
  readonly roundTrip: readonly [number, number];
  /** Milliseconds over which the processes begin. */
  readonly stagger?: number;
}

export interface ContentionOutcome {
  readonly duration: number;
  /** Rate-limited requests that were sent when their process had been told of others already. */
  readonly rateLimitedLater: number;
  /** Milliseconds from the first attempt of a call to its success, of the call that took longest. */
  readonly longestCall: number;
}

/**
 * Runs buckets against the server in simulated time, event by event: fast enough for hundreds of seeds. All that is random
 * comes from `Math.random`.
 */
export function runContention(contention: Contention): ContentionOutcome {
  const { processes, callsEach, limit, roundTrip, stagger = 0 } = contention;
  const server = new CodedServer(limit);
  const events: { at: number; run: () => void }[] = [];
  const outcome = { duration: 0, rateLimitedLater: 0, longestCall: 0 };
  let now = 0;
  const schedule = (at: number, run: () => void) => {
    const index = events.findLastIndex((event) => event.at <= at);
    events.splice(index + 1, 0, { at, run });
  };
  const leg = () => (roundTrip[0] + Math.random() * (roundTrip[1] - roundTrip[0])) / 2;

  const startProcess = () => {
    const bucket = createBucket(limit);
    const calls = Array.from({ length: callsEach }, (): { begunAt?: number } => ({}));
    let toldAt = Number.POSITIVE_INFINITY;
    let turn = 0;
    const send = (call: { begunAt?: number }, place: Place, sentAt: number) => {
      call.begunAt ??= sentAt;
      schedule(now + leg(), () => {
        const { passed, ...told } = server.arrive(now);
        schedule(now + leg(), () => {
          bucket.count(place, now, told);
          if (passed) {
            outcome.duration = now;
            outcome.longestCall = Math.max(outcome.longestCall, now - (call.begunAt ?? now));
          } else {
            if (sentAt >= toldAt) outcome.rateLimitedLater++;
            toldAt = Math.min(toldAt, now);
            calls.unshift(call);
          }
          advance();
        });
      });
    };
    const advance = () => {
      const mine = ++turn;
      for (let [call] = calls; call; [call] = calls) {
        const at = bucket.readyAt(now);
        if (at > now) {
          if (at < Number.POSITIVE_INFINITY) schedule(at, () => mine === turn && advance());
          return;
        }
        calls.shift();
        const place = bucket.take(now);
        place.sentAt = now;
        send(call, place, now);
      }
    };
    advance();
  };

  for (let process = 0; process < processes; process++) schedule(stagger * Math.random(), startProcess);
  for (let event = events.shift(); event; event = events.shift()) {
    now = event.at;
    event.run();
  }
  return outcome;
}

/** The same for several seeds. */
export function runSeeds(seeds: number, contention: Contention): ContentionOutcome[] {
  const { random } = Math;
  try {
    return Array.from({ length: seeds }, (_, seed) => {
      Math.random = randomFrom(seed + 1);
      return runContention(contention);
    });
  } finally {
    Math.random = random;
  }
}
