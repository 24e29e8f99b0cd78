/**
 * A client of Redis or Valkey: `ioredis` and similar clients have `call`, node-redis has `sendCommand`. The limiter neither connects
 * nor closes it.
 */
export type RedisClient =
  | { call(command: string, ...args: string[]): Promise<unknown> }
  | { sendCommand(args: string[]): Promise<unknown> };

/** Redis did not respond in time. */
export class RedisTimeoutError extends Error {
  override readonly name = 'RedisTimeoutError';
}

/** Runs one script in Redis, and sends its text only where Redis does not have it. */
export class ScriptRunner {
  readonly #client: RedisClient;
  readonly #script: string;
  readonly #timeout: number;
  #hash: Promise<string> | undefined;

  constructor(client: RedisClient, script: string, timeout: number) {
    this.#client = client;
    this.#script = script;
    this.#timeout = timeout;
  }

  /** @throws RedisTimeoutError where Redis does not respond in time; what the client throws */
  async run(keys: readonly string[], args: readonly string[]): Promise<unknown> {
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await this.#inTime(this.#load().then((hash) => this.#send('EVALSHA', hash, ...rest)));
    } catch (error) {
      this.#hash = undefined;
      if (!/^NOSCRIPT/.test(error instanceof Error ? error.message : '')) throw error;
      return this.#inTime(this.#send('EVAL', this.#script, ...rest));
    }
  }

  /** Resolves when Redis responds, however long that takes; at most one is on its way. */
  async ping(): Promise<void> {
    await this.#send('PING');
  }

  #load(): Promise<string> {
    this.#hash ??= this.#send('SCRIPT', 'LOAD', this.#script).then(String);
    return this.#hash;
  }

  async #send(command: string, ...args: string[]): Promise<unknown> {
    const client = this.#client;
    return 'call' in client ? client.call(command, ...args) : client.sendCommand([command, ...args]);
  }

  /** Clients queue commands until they have reconnected, which may take long. */
  async #inTime<Result>(result: Promise<Result>): Promise<Result> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new RedisTimeoutError('Redis did not respond in time')), this.#timeout);
    });
    return Promise.race([result, late]).finally(() => clearTimeout(timer));
  }
}
