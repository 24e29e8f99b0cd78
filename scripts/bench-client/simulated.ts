import { createSandbox } from '../../src/sandbox/index.ts';
import type { Case } from './cases.ts';
import { simulate } from './clock.ts';
import type { Contender } from './contenders.ts';
import { countRequests, type RequestCounts } from './request-counts.ts';

export interface Result extends Readonly<RequestCounts> {
  /** Until the last success. */
  readonly milliseconds: number;
  /** Calls that ended with an error. */
  readonly failures: number;
}

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Runs a case with a client against a sandbox with the real server's limits. All buckets are full at the start. */
export function runCase(contender: Contender, task: Case): Promise<Result> {
  const { fetch } = globalThis;
  return simulate(async () => {
    const sandbox = createSandbox({ rateLimits: 'server' });
    const { harbor = '', relays = '' } = sandbox.tokens;
    const { origin } = new URL(sandbox.url);
    const counts = { requests: 0, rateLimited: 0, rateLimitedLater: 0, failures: 0 };
    const travel = () => {
      const [shortest, longest] = task.roundTrip;
      return sleep((shortest + Math.random() * (longest - shortest)) / 2);
    };
    const connectProcess = async (index: number) => {
      let sent = 0;
      const count = countRequests(counts);
      const send: Fetch = async (input, init) => {
        const request = new Request(input, init);
        // As Node does where a client names none.
        if (!request.headers.has('User-Agent')) request.headers.set('User-Agent', 'node');
        return count(async () => {
          if (sent++ < task.lost) return lost();
          await travel();
          const response = await sandbox.fetch(request);
          await travel();
          return response;
        });
      };
      // Some clients take none.
      globalThis.fetch = send;
      const tokens = index % 2 ? ([relays, harbor] as const) : ([harbor, relays] as const);
      return contender.connect({ url: origin, tokens, fetch: send });
    };
    const connected = await Promise.all(
      Array.from({ length: task.processes }, (_, index) => connectProcess(index)),
    );
    const start = performance.now();
    let milliseconds = 0;
    const calls = connected.flatMap(task.run).map((call) =>
      call.then(
        () => {
          milliseconds = performance.now() - start;
        },
        () => counts.failures++,
      ),
    );
    await Promise.all(calls);
    return { milliseconds, ...counts };
  }).finally(() => {
    globalThis.fetch = fetch;
  });
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A connection that breaks in the end. */
async function lost(): Promise<never> {
  await sleep(60_000);
  throw new TypeError('fetch failed');
}
