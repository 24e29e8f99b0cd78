import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { createClock } from '../../src/sandbox/time/clock.ts';
import { median } from '../lib/statistics.ts';
import { type Case, makeWorld, requestHeaders } from './world.ts';

/** A sandbox in this process, with limits that are counted but never reached: its clock goes on at each look. */
function openSandbox(): Sandbox {
  let now = Date.now();
  const clock = createClock(() => {
    now += 1000;
    return now;
  });
  return createSandbox({ world: makeWorld(), rateLimits: 'server', clock });
}

/** Calls a second of `fetch`, one after the other, each with a request of its own whose response is read. */
export async function callsPerSecond({ method, path, body }: Case, milliseconds: number): Promise<number> {
  const { fetch, url } = openSandbox();
  const headers = { ...requestHeaders, ...(body !== undefined && { 'Content-Type': 'application/json' }) };
  const call = async () => {
    const init = body === undefined ? { method, headers } : { method, headers, body };
    const response = await fetch(new Request(`${url}/v2${path}`, init));
    await response.text();
    if (!response.ok) throw new Error(`${method} ${path} gets ${response.status}`);
  };
  const repeat = async (duration: number) => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < duration) {
      await call();
      count++;
    }
    return count / ((performance.now() - start) / 1000);
  };
  await repeat(milliseconds / 4);
  return repeat(milliseconds);
}

/** Milliseconds that a reset takes after a change. */
export async function resetTime(change: Case, count: number): Promise<number> {
  const sandbox = openSandbox();
  const { method, path, body = '' } = change;
  const headers = { ...requestHeaders, 'Content-Type': 'application/json' };
  const times: number[] = [];
  for (let round = 0; round < count; round++) {
    await sandbox.fetch(`/v2${path}`, { method, headers, body });
    const start = performance.now();
    sandbox.reset();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** Milliseconds to make the world up, and to open a sandbox with it. */
export function openingTime(count: number): number {
  const times = Array.from({ length: count }, () => {
    const start = performance.now();
    openSandbox();
    return performance.now() - start;
  });
  return median(times);
}
