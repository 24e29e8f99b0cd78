/**
 * A Redis of its own for tests, on a free port of loopback, which keeps nothing on disk. `RUN_REDIS_SERVER` names another
 * program, such as `valkey-server`.
 */
import { freePort } from './free-port.ts';
import { startProgram } from './processes.ts';

export const redisCommand: string = process.env.RUN_REDIS_SERVER ?? 'redis-server';

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
    const options = { bind: '127.0.0.1', port: `${port}`, save: '', appendonly: 'no' };
    const program = startProgram(
      redisCommand,
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
