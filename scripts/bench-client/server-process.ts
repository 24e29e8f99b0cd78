import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { isObject } from '../lib/recordings.ts';
import type { Report } from './server.ts';

/** The benchmark's servers, seen from the process of the clients. */
export class ServerProcess {
  readonly #process: ChildProcess = fork(join(import.meta.dirname, 'server.ts'));

  /** Starts over, with full buckets. */
  startOver(): Promise<Report> {
    return this.#ask('start over');
  }

  /** The responses since the start. */
  report(): Promise<Report> {
    return this.#ask('report');
  }

  stop(): void {
    this.#process.disconnect();
  }

  async #ask(message: 'start over' | 'report'): Promise<Report> {
    const reply = once(this.#process, 'message');
    this.#process.send(message);
    const [report]: unknown[] = await reply;
    if (isReport(report)) return report;
    throw new Error('The servers told something else than a report');
  }
}

function isReport(value: unknown): value is Report {
  return isObject(value) && typeof value.limited === 'string' && typeof value.responses === 'number';
}
