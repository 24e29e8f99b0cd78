import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { availablePort } from '../lib/servers.ts';
import type { Contender } from './contenders.ts';
import { requestHeaders } from './world.ts';

/** Milliseconds between two checks whether a server has started. */
const patience = 5;

/** A running contender. */
export class ServerProcess {
  readonly contender: Contender;
  readonly port: number;
  /** Milliseconds from the start of the process to its first response. */
  readonly startTime: number;
  readonly #process: ChildProcess;

  private constructor(contender: Contender, port: number, startTime: number, process: ChildProcess) {
    this.contender = contender;
    this.port = port;
    this.startTime = startTime;
    this.#process = process;
  }

  /**
   * Starts a contender, and waits for its first response.
   *
   * @param path - what is asked for
   * @param signal - ends it
   * @throws Error where it ends instead
   */
  static async start(
    contender: Contender,
    document: string,
    path: string,
    signal: AbortSignal,
  ): Promise<ServerProcess> {
    const port = await availablePort(0);
    const start = performance.now();
    const child = spawn(process.execPath, contender.command(document, port), {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    // The exit code tells of its end.
    child.on('error', () => {});
    const url = `http://127.0.0.1:${port}${contender.base}${path}`;
    while (!(await isServed(url))) {
      if (child.exitCode !== null || signal.aborted) {
        throw new Error(`${contender.name} has ended:\n${errors.trim().slice(-2000)}`);
      }
      await sleep(patience);
    }
    return new ServerProcess(contender, port, performance.now() - start, child);
  }

  /** Resident memory, in MB. */
  memory(): number {
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(this.#process.pid)], {
      encoding: 'utf8',
    });
    return Number(kilobytes) / 1024;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}

async function isServed(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { headers: requestHeaders });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
