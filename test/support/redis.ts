/**
 * A Redis of its own for tests, on a free port of loopback, which keeps nothing on disk. `RUN_REDIS_SERVER` names another
 * program, such as `valkey-server`.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { startProgram } from './processes.ts';

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const start = async () => {
    const command = process.env.RUN_REDIS_SERVER ?? 'redis-server';
    const options = { bind: '127.0.0.1', port: `${port}`, save: '', appendonly: 'no' };
    const program = startProgram(
      command,
      Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
    );
    await program.waitFor(/Ready to accept connections/);
    return program;
  };
  let program = await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async kill() {
      program.kill('SIGKILL');
      await program.ended;
    },
    async restart() {
      program = await start();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no port');
  return address.port;
}
