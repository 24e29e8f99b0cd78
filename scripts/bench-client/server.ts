/**
 * The servers of the benchmark, in a process of their own so that they take no time from the clients: a sandbox with the limits
 * of the real server, and one without any.
 */
import { createSandbox } from '../../src/sandbox/index.ts';
import { listen } from '../../src/sandbox/node/listen.ts';

/** What the benchmark is told: where the servers are, and how the limited one has responded since it started over. */
export interface Report {
  readonly limited: string;
  readonly unlimited: string;
  readonly tokens: readonly [string, string];
  readonly responses: number;
  readonly rateLimited: number;
}

const sandbox = createSandbox({ rateLimits: 'server' });
let responses = 0;
let rateLimited = 0;

const limited = await listen(sandbox, {
  onResponse: ({ status }) => {
    responses++;
    if (status === 429) rateLimited++;
  },
});
const unlimited = await listen(createSandbox(), {});

process.on('message', (message) => {
  if (message === 'start over') {
    sandbox.reset();
    responses = 0;
    rateLimited = 0;
  }
  const { harbor = '', relays = '' } = sandbox.tokens;
  process.send?.({
    limited: limited.url,
    unlimited: unlimited.url,
    tokens: [harbor, relays],
    responses,
    rateLimited,
  } satisfies Report);
});
process.on('disconnect', () => process.exit());
