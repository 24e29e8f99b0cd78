import type { WebAbortSignal } from '../../models/web-types.ts';
import type { Reply } from '../operations/reply.ts';
import {
  flag,
  integer,
  list,
  nameOf,
  nullable,
  number,
  object,
  oneOf,
  passing,
  type Read,
  type Shape,
  text,
  type Written,
  withDefault,
} from '../world/shape.ts';
import { Waits } from './waits.ts';

const fields = {
  /** `operationId` of the operation that fails; null for every operation. */
  operation: nullable(text('an operationId', (value) => value !== '')),
  /** How many requests are still to fail; null for all until the fault is removed. */
  times: nullable(integer(1)),
  /** Probability that a request fails, from 0 to 1. */
  probability: withDefault(number(0, 1), 1),
  /** Delay in milliseconds, before anything else. */
  delay: withDefault(number(0, 600_000, ' of milliseconds'), 0),
  /** A status to respond with instead; 204, 205 and 304 have no body. */
  status: nullable(integer(200, 599)),
  /** Breaks the connection instead of responding. */
  drop: withDefault(flag, false),
  /**
   * A failed service behind the gateway: `rate-limiter` (requests that it counts wait until the faults are removed),
   * `rate-limiter-script` (500 with no rate-limit headers) or `api` (500 with them; responses of the gateway itself still work).
   */
  outage: nullable(oneOf('rate-limiter', 'rate-limiter-script', 'api')),
  /** Breaks the body: truncates it, replaces it with a page, or empties it. */
  body: nullable(oneOf('truncated', 'html', 'empty')),
};
const faultShape = object(fields);

/** A fault as it is given: everything may be omitted. */
export type FaultOptions = Written<typeof faultShape>;
export type Fault = Read<typeof faultShape>;

/** The fields that change what happens to a request. */
const effects = ['status', 'delay', 'drop', 'outage', 'body'] as const satisfies readonly (keyof Fault)[];

function doesSomething(fault: Fault): boolean {
  return fault.probability > 0 && effects.some((name) => Boolean(fault[name]));
}

/** The rejection of `fetch` where a fault, a reset or `close` breaks the connection. */
export class DroppedConnectionError extends TypeError {
  override readonly name = 'DroppedConnectionError';

  constructor(message = 'A fault of the sandbox has broken the connection') {
    super(message);
  }
}

/** The list of faults, in the order they were added. */
export class FaultList {
  readonly #random: () => number;
  readonly #shape: Shape<Fault, FaultOptions>;
  readonly #several: Shape<readonly Fault[], readonly FaultOptions[]>;
  readonly #waits = new Waits();
  #faults: Fault[] = [];

  /**
   * @param random - gives numbers from 0 up to 1
   * @param operations - every `operationId` that a fault may name
   * @param hintOf - ends the message about a word that is none
   */
  constructor(random: () => number, operations: Iterable<string>, hintOf?: (word: string) => string) {
    this.#random = random;
    const operation = nullable(nameOf('an operationId', operations, hintOf));
    const form = object({ ...fields, operation }, '{ status: 503 }');
    this.#shape = passing(
      form,
      `does nothing: give it one of ${effects.join(', ')}, and a probability above 0`,
      doesSomething,
    );
    this.#several = passing(list(this.#shape), 'must have a fault', ({ length }) => length > 0);
  }

  /** @throws {WorldError} naming what is wrong */
  add(options: FaultOptions): Fault {
    const fault = this.#shape.read(options, 'The fault');
    this.#faults.push(fault);
    return { ...fault };
  }

  /**
   * Adds one, or all of a list, or none.
   *
   * @throws {WorldError} naming what is wrong
   */
  addAll(given: unknown): void {
    const faults = Array.isArray(given)
      ? this.#several.read(given, 'The list')
      : [this.#shape.read(given, 'The fault')];
    this.#faults = [...this.#faults, ...faults];
  }

  list(): readonly Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** Removes all faults; requests that wait because of one go on. */
  clear(): void {
    this.#faults = [];
    this.#waits.goOn();
  }

  /** Removes all faults; requests that wait because of one are rejected. */
  breakOff(error: Error): void {
    this.#waits.breakOff(error);
    this.#faults = [];
  }

  /**
   * Waits until all faults are removed.
   *
   * @throws the reason of the signal, or what `breakOff` is given
   */
  cleared(signal: WebAbortSignal | undefined): Promise<void> {
    return this.#waits.wait(signal);
  }

  /**
   * Applies a fault before an operation runs: waits, breaks the connection, or returns the response.
   *
   * @returns undefined where the operation is to run all the same
   * @throws {DroppedConnectionError}
   * @throws the reason of the signal, or what `breakOff` is given
   */
  async suffer(fault: Fault, signal: WebAbortSignal | undefined): Promise<Reply | undefined> {
    if (fault.delay > 0) await this.#waits.wait(signal, fault.delay);
    if (fault.drop) throw new DroppedConnectionError();
    if (fault.status === null) return undefined;
    const wait = fault.status === 429 ? { retry_after: 1000, scope: 'generic_get' } : {};
    const body = { message: `${fault.status}: a fault of the sandbox`, ...wait, code: 0 };
    return { status: fault.status, type: 'application/json', body: JSON.stringify(body) };
  }

  /** Takes the fault that applies to a call, if any, and counts it. */
  take(operation: string): Fault | undefined {
    const index = this.#faults.findIndex(
      (fault) => (fault.operation ?? operation) === operation && this.#random() < fault.probability,
    );
    const fault = this.#faults[index];
    if (fault === undefined || fault.times === null) return fault;
    if (fault.times <= 1) this.#faults.splice(index, 1);
    else this.#faults[index] = { ...fault, times: fault.times - 1 };
    return fault;
  }
}

/** A response with an invalid body, where the fault says so. */
export function spoil(reply: Reply, fault: Fault | undefined): Reply {
  if (fault?.body == null) return reply;
  const { status, body = '' } = reply;
  if (fault.body === 'html')
    return { status, type: 'text/html', body: '<!doctype html><title>Bad gateway</title>' };
  const kept = fault.body === 'empty' ? '' : body.slice(0, Math.ceil(body.length / 2));
  return { ...reply, body: kept };
}
