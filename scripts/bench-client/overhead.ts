import { median } from '../lib/statistics.ts';
import type { Calls, Contender } from './contenders.ts';
import type { ServerProcess } from './server-process.ts';

const ROUNDS = 600;
const CALLS_A_ROUND = 25;

/**
 * Microseconds that a call takes with each client where nothing limits it. The clients take turns, and each second round goes
 * the other way, so that other load on the machine, and garbage left by the previous client, affect all alike. The
 * median of their rounds counts.
 */
export async function microsecondsPerCall(
  server: ServerProcess,
  contenders: readonly Contender[],
): Promise<Map<Contender, number>> {
  const { unlimited, tokens } = await server.report();
  const connected = await Promise.all(
    contenders.map(async (contender) => {
      const [calls] = await contender.connect({ url: unlimited, tokens });
      return [contender, calls] as const;
    }),
  );
  const rounds = new Map(contenders.map((contender): [Contender, number[]] => [contender, []]));
  for (let round = 0; round < ROUNDS; round++) {
    const inTurn = round % 2 === 0 ? connected : connected.toReversed();
    for (const [contender, calls] of inTurn) rounds.get(contender)?.push(await timeRound(calls));
  }
  // The first rounds are those in which code is compiled.
  return new Map([...rounds].map(([contender, times]) => [contender, median(times.slice(ROUNDS / 2))]));
}

async function timeRound({ getSystem }: Calls): Promise<number> {
  const start = performance.now();
  for (let call = 0; call < CALLS_A_ROUND; call++) await getSystem();
  return ((performance.now() - start) / CALLS_A_ROUND) * 1000;
}
