import { expect } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { openSandbox } from '../support.ts';

const rateLimitHeaders = [
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-ratelimit-scope',
];

/** With the rate limits of the server, and a clock that stands. */
export function openLimited(): Sandbox {
  const sandbox = openSandbox({ rateLimits: 'server' });
  sandbox.clock.freeze(new Date('2030-01-01T00:00:00.700Z'));
  return sandbox;
}

/** Whether a response has the headers of a request that was counted: all of them, or none. */
export function isCounted({ headers }: Response): boolean {
  const present = rateLimitHeaders.filter((name) => headers.has(name));
  expect([0, rateLimitHeaders.length]).toContain(present.length);
  return present.length > 0;
}
