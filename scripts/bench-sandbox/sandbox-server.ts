/**
 * The sandbox that is put under load, with everything on: tokens, privacy, limits, journal and console. Its clock goes on by
 * a second at each look, so that the limits are counted but never reached. It listens as the command does.
 *
 * Usage: node sandbox-server.ts <port>
 */

import { withConsole } from '../../src/sandbox/console/with-console.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { createClock } from '../../src/sandbox/time/clock.ts';
import { makeWorld } from './world.ts';

let now = Date.now();
const clock = createClock(() => {
  now += 1000;
  return now;
});
const sandbox = createSandbox({ world: makeWorld(), rateLimits: 'server', clock });
await listen(withConsole(sandbox), { port: Number(process.argv[2]) });
