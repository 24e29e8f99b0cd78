import type { Reply } from '../operations/reply.ts';
import {
  flag,
  nullable,
  number,
  object,
  oneOf,
  type Read,
  text,
  type Written,
  wholeNumber,
  withDefault,
} from '../world/shape.ts';

/** Reads a fault, and knows its JSON Schema. */
export const faultShape = object({
  /** `operationId` of what fails; null for everything. */
  operation: nullable(text('an operationId', (value) => /^\w+$/.test(value))),
  /** How many requests are still to fail; null for all until the fault is removed. */
  times: nullable(wholeNumber),
  /** Of each request's failing, from 0 to 1. */
  probability: withDefault(number(0, 1), 1),
  /** Milliseconds that the answer waits, before anything else. */
  delay: withDefault(number(0, 600_000), 0),
  /** A status to answer with instead. */
  status: nullable(number(200, 599)),
  /** Breaks the connection instead of answering. */
  drop: withDefault(flag, false),
  /**
   * What stands behind the gateway and is down: `rate-limiter` (requests that it counts wait until the faults are removed),
   * `rate-limiter-script` (500 with no rate-limit headers) or `api` (500 with them; what the gateway answers itself still works).
   */
  outage: nullable(oneOf('rate-limiter', 'rate-limiter-script', 'api')),
  /** Spoils the body: cuts JSON in the middle, sends a page instead, or nothing. */
  body: nullable(oneOf('truncated', 'html', 'empty')),
});

/** A fault as it is given: everything may be left out. */
export type FaultOptions = Written<typeof faultShape>;
export type Fault = Read<typeof faultShape>;

/** What `fetch` rejects with where a fault breaks the connection, as real ones do. */
export class DroppedConnectionError extends TypeError {
  override readonly name = 'DroppedConnectionError';
  constructor() {
    super('A fault of the sandbox has broken the connection');
  }
}

/** Faults that requests are to meet, in the order they were added. */
export class FaultList {
  readonly #random: () => number;
  #faults: Fault[] = [];
  #waiting: (() => void)[] = [];

  /** @param random - gives numbers from 0 up to 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** @throws {WorldError} naming what is wrong */
  add(options: FaultOptions): Fault {
    const fault = faultShape.read(options, '');
    this.#faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
    for (const goOn of this.#waiting.splice(0)) goOn();
  }

  /** Waits until all faults are removed. */
  cleared(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The fault that a call meets, if any; it counts as met then. */
  take(operation: string): Fault | undefined {
    const index = this.#faults.findIndex(
      (fault) => (fault.operation ?? operation) === operation && this.#random() < fault.probability,
    );
    const fault = this.#faults[index];
    if (fault === undefined || fault.times === null) return fault;
    if (fault.times <= 1) this.#faults.splice(index, 1);
    else this.#faults[index] = { ...fault, times: fault.times - 1 };
    return fault.times < 1 ? undefined : fault;
  }
}

/**
 * What comes of a fault before an operation runs: waits, breaks the connection, or gives the answer.
 *
 * @returns undefined where the operation is to run all the same
 * @throws {DroppedConnectionError}
 */
export async function sufferFault(fault: Fault): Promise<Reply | undefined> {
  if (fault.delay > 0) await new Promise((resolve) => setTimeout(resolve, fault.delay));
  if (fault.drop) throw new DroppedConnectionError();
  if (fault.status === null) return undefined;
  const wait = fault.status === 429 ? { retry_after: 1000, scope: 'generic_get' } : {};
  const body = { message: `${fault.status}: a fault of the sandbox`, ...wait, code: 0 };
  return { status: fault.status, type: 'application/json', body: JSON.stringify(body) };
}

/** An answer with its body spoilt, where the fault says so. */
export function spoil(reply: Reply, fault: Fault | undefined): Reply {
  if (fault?.body == null) return reply;
  const { status, body = '' } = reply;
  if (fault.body === 'html')
    return { status, type: 'text/html', body: '<!doctype html><title>Bad gateway</title>' };
  const kept = fault.body === 'empty' ? '' : body.slice(0, Math.ceil(body.length / 2));
  return { ...reply, body: kept };
}
