import type { Case } from './cases.ts';
import type { Calls, Contender } from './contenders.ts';
import type { ServerProcess } from './server-process.ts';

export interface Result {
  readonly milliseconds: number;
  /** Requests that came to the server. */
  readonly requests: number;
  readonly refusals: number;
  /** Calls that ended with an error. */
  readonly failures: number;
}

/** Lets a client do what a case asks for, from full buckets on. */
export async function runCase(
  server: ServerProcess,
  contender: Contender,
  { run, neighbours }: Case,
): Promise<Result> {
  const { limited, distant, token } = await server.startOver();
  // What is slow in its first moments, here and there, is so before the clock starts.
  const warmUp = await contender.connect(limited, token);
  await warmUp.getSystem();
  await server.startOver();
  const url = neighbours === undefined ? limited : distant;
  const clients: Calls[] = [];
  for (let count = 0; count < (neighbours ?? 1); count++) clients.push(await contender.connect(url, token));
  const start = performance.now();
  const counts = await Promise.all(clients.map(run));
  const failures = counts.reduce((sum, count) => sum + count, 0);
  const milliseconds = performance.now() - start;
  const { answers, refusals } = await server.report();
  return { milliseconds, requests: answers, refusals, failures };
}
