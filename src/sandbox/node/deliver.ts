import { checkOptions, is, isTime, type OptionChecks } from '../../models/check-options.ts';
import type { Deliver, Delivery, DeliveryOutcome } from '../dispatch/dispatch.ts';
import { withoutPassword } from '../formats/url.ts';
import { leadsToLoopback } from './addresses.ts';

export interface DelivererOptions {
  /**
   * Posts to any address; otherwise only to this machine, since the world may hold addresses of others.
   *
   * @default false
   */
  readonly anywhere?: boolean;
  /**
   * How long a receiver may take to respond, in milliseconds; the real server waits 10 seconds, too.
   *
   * @default 10000
   */
  readonly timeout?: number;
}

export interface Deliverer {
  /** Posts an event, after earlier ones to the same address. */
  readonly deliver: Deliver;
  /** Ends deliveries in progress and waiting ones; resolves when all have their outcome. */
  close(): Promise<void>;
}

const checks: OptionChecks<DelivererOptions> = { anywhere: is.flag, timeout: isTime(1) };

/** As the real server posts them. */
const headers = {
  'Content-Type': 'application/json',
  'User-Agent': 'PluralKit Dispatch (https://pluralkit.me/api/dispatch/)',
};

/** The most events that wait for one address; a slow receiver loses further ones. */
const maximumWaiting = 1000;

/**
 * Creates a deliverer, which posts webhook events over HTTP; its `deliver` is an option of `createSandbox`.
 *
 * @throws TypeError naming the option that is wrong
 */
export function createDeliverer(options: DelivererOptions = {}): Deliverer {
  checkOptions(options, checks);
  const { anywhere = false, timeout = 10_000 } = options;
  const closing = new AbortController();
  const queues = new Map<string, { waiting: number; last: Promise<unknown> }>();

  async function post({ url, payload }: Delivery): Promise<DeliveryOutcome> {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeout)]);
    try {
      // The real server follows no redirect either, and one could lead away from this machine.
      const init = {
        method: 'POST',
        headers: { ...headers, ...authorizationOf(url) },
        body: JSON.stringify(payload),
        signal,
        redirect: 'manual',
      } as const;
      const response = await fetch(withoutPassword(url), init);
      await response.body?.cancel();
      return { status: response.status };
    } catch (error) {
      return { error: closing.signal.aborted ? 'the sandbox was stopped' : describe(error, timeout) };
    }
  }

  async function deliver(delivery: Delivery): Promise<DeliveryOutcome> {
    const problem = await addressProblem(delivery.url, anywhere);
    if (problem !== undefined) return { error: problem };
    const queue = queues.get(delivery.url) ?? { waiting: 0, last: Promise.resolve() };
    if (queue.waiting >= maximumWaiting)
      return { error: `${maximumWaiting} events are waiting for this address` };
    queues.set(delivery.url, queue);
    queue.waiting += 1;
    const posted = queue.last.then(() => post(delivery));
    queue.last = posted;
    const outcome = await posted;
    queue.waiting -= 1;
    if (queue.waiting === 0) queues.delete(delivery.url);
    return outcome;
  }

  return {
    deliver,
    async close() {
      closing.abort();
      await Promise.all([...queues.values()].map(({ last }) => last));
    },
  };
}

/** `fetch` takes no address with a user and a password in it. */
function authorizationOf(url: string): { readonly Authorization?: string } {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

async function addressProblem(url: string, anywhere: boolean): Promise<string | undefined> {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) return 'the address is no HTTP address';
  if (anywhere || (await leadsToLoopback(address.hostname))) return undefined;
  return 'the address is not on this machine';
}

function describe(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no response within ${timeout} ms`;
  // The error of `fetch` says only that it failed.
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}
