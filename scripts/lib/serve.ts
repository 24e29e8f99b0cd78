import { untilStopped } from '../../src/cli/stop.ts';
import { endWithShell } from './end-with-shell.ts';
import type { RunningServer } from './servers.ts';
import { endTools } from './tools.ts';

/**
 * Starts servers and waits until someone stops the program (Ctrl-C, SIGTERM) or one of them ends by itself; then stops
 * all, and every tool that still runs.
 *
 * @param start - registers each server as soon as it runs
 * @throws ProgramError where a server ended by itself; whatever `start` throws
 */
export async function serveUntilStopped(
  start: (add: (server: RunningServer) => RunningServer) => Promise<void>,
): Promise<void> {
  const servers: RunningServer[] = [];
  const stopped = untilStopped();
  endWithShell();
  const served = start((server) => {
    servers.push(server);
    return server;
  }).then(() => Promise.race(servers.map(({ failed }) => failed)));
  try {
    await Promise.race([stopped, served]);
  } finally {
    endTools();
    await Promise.all(servers.map((server) => server.stop()));
  }
}
