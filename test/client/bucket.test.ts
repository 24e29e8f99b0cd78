import { describe, expect, test } from 'vitest';
import { type Bucket, createBucket } from '../../src/client/bucket.ts';
import { type Contention, runSeeds } from './contention.ts';
import { idealTime } from './neighbourhood.ts';

const near = [40, 80] as const;

/** How the cases differ: the time as a factor of the ideal, and rate-limited requests for each call, at most for any seed. */
const cases: [name: string, contention: Contention, factor: number, rateLimited: number][] = [
  ['1 × 40 reads', { processes: 1, callsEach: 40, limit: 10, roundTrip: near }, 1.05, 0],
  ['2 × 40 reads', { processes: 2, callsEach: 40, limit: 10, roundTrip: near }, 1.4, 0.1],
  ['4 × 30 reads', { processes: 4, callsEach: 30, limit: 10, roundTrip: near }, 1.6, 0.1],
  ['40 × 1 read', { processes: 40, callsEach: 1, limit: 10, roundTrip: near }, 2, 0.1],
  ['2 × 6 updates', { processes: 2, callsEach: 6, limit: 3, roundTrip: near }, 2, 0.1],
  ['2 × 200 reads', { processes: 2, callsEach: 200, limit: 10, roundTrip: near }, 1.3, 0.1],
  ['2 × 40 reads, nearby', { processes: 2, callsEach: 40, limit: 10, roundTrip: [5, 10] }, 1.7, 0.1],
  ['2 × 40 reads, far away', { processes: 2, callsEach: 40, limit: 10, roundTrip: [200, 400] }, 1.8, 0.4],
  [
    '4 × 30 reads, one after the other',
    { processes: 4, callsEach: 30, limit: 10, roundTrip: near, stagger: 5000 },
    1.6,
    0.15,
  ],
  ['12 × 40 reads', { processes: 12, callsEach: 40, limit: 10, roundTrip: near }, 1.4, 0.25],
];

describe('processes that share a bucket', () => {
  test.each(cases)(
    'keep near the ideal time, with few rate limited requests: %s',
    (_, contention, factor, rateLimited) => {
      const { processes, callsEach, limit } = contention;
      const total = processes * callsEach;
      const outcomes = runSeeds(100, contention);
      const worst = (of: (outcome: (typeof outcomes)[number]) => number) => Math.max(...outcomes.map(of));
      expect(worst(({ duration }) => duration / idealTime(total, limit))).toBeLessThanOrEqual(factor);
      expect(worst(({ rateLimitedLater }) => rateLimitedLater / total)).toBeLessThanOrEqual(rateLimited);
    },
  );

  test('serve every call within the time that it has by default', () => {
    for (const [, contention] of cases.slice(0, 5)) {
      const outcomes = runSeeds(100, contention);
      expect(Math.max(...outcomes.map(({ longestCall }) => longestCall))).toBeLessThan(15_000);
    }
  });
});

/** Sends a request at once, whatever the bucket says, and counts it. */
function rateLimit(bucket: Bucket, now: number, retryAfter: number): void {
  const place = bucket.take(now);
  place.sentAt = now;
  bucket.count(place, now, { remaining: 0, retryAfter });
}

test('a bucket drains after a request was rate limited', () => {
  for (let seed = 0; seed < 50; seed++) {
    for (const limit of [3, 10]) {
      const bucket = createBucket(limit);
      rateLimit(bucket, 1000, 0);
      // At the edge, each request may be rate limited and spend its place.
      expect(bucket.readyAt(1100)).toBeGreaterThan(1000 + 600);
    }
  }
});

test('several rate limited requests that were on their way lower the rate once', () => {
  const intervals = [1, 5].map((count) => {
    const bucket = createBucket(10);
    const places = Array.from({ length: count }, () => bucket.take(1000));
    for (const place of places) place.sentAt = 1000;
    for (const place of places) bucket.count(place, 1050, { remaining: 0, retryAfter: 90 });
    const at = bucket.readyAt(1_000_000);
    const place = bucket.take(at);
    place.sentAt = at;
    bucket.count(place, at + 50, {});
    return bucket.readyAt(at + 50) - at;
  });
  expect(Math.abs((intervals[0] ?? 0) - (intervals[1] ?? 0))).toBeLessThan(50);
});

test('other callers are forgotten once there is no sign of them', () => {
  const bucket = createBucket(10);
  rateLimit(bucket, 0, 50);
  let now = 20_000;
  for (let call = 0; call < 12; call++) {
    now = bucket.readyAt(now + 1000);
    const place = bucket.take(now);
    place.sentAt = now;
    bucket.count(place, now + 50, { limit: 10, remaining: 8 });
  }
  now += 5000;
  const burst = Array.from({ length: 9 }, () => {
    const at = bucket.readyAt(now);
    bucket.take(at).sentAt = at;
    return at;
  });
  expect(burst).toEqual(Array(9).fill(now));
});
