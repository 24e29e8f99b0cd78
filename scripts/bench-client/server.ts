/**
 * The servers of the benchmark, in a process of their own so that they take no time from the clients: a sandbox with the limits
 * of the real server, and one without any.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createSandbox } from '../../src/sandbox/index.ts';
import { listen } from '../../src/sandbox/node/listen.ts';

/** What the benchmark is told: where the servers are, and the responses of the sandbox since it was reset. */
export interface Report {
  readonly limited: string;
  /** The limited one, 40 to 80 ms away. */
  readonly distant: string;
  readonly unlimited: string;
  readonly token: string;
  readonly answers: number;
  readonly refusals: number;
}

const sandbox = createSandbox({ rateLimits: 'server' });
let answers = 0;
let refusals = 0;

const counting = {
  onAnswer: ({ status }: { readonly status: number }) => {
    answers++;
    if (status === 429) refusals++;
  },
};
const limited = await listen(sandbox, counting);

/** Half of the round trip. */
const travel = () => sleep(20 + Math.random() * 20);

const distant = await listen(
  {
    async fetch(request, source) {
      await travel();
      const response = await sandbox.fetch(request, source);
      await travel();
      return response;
    },
  },
  counting,
);

const unlimited = await listen(createSandbox(), {});

process.on('message', (message) => {
  if (message === 'start over') {
    sandbox.reset();
    answers = 0;
    refusals = 0;
  }
  const token = sandbox.tokens.harbor ?? '';
  process.send?.({
    limited: limited.url,
    distant: distant.url,
    unlimited: unlimited.url,
    token,
    answers,
    refusals,
  } satisfies Report);
});
process.on('disconnect', () => process.exit());
