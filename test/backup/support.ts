import { exportSystem } from '../../src/backup/index.ts';
import { MemoryLimiter, PluralKit } from '../../src/index.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { userAgent } from '../client/helpers.ts';
import { simulate } from '../client/simulation.ts';

/** A client of a sandbox that ends its calls at the first failure. */
export function clientOf(sandbox: Sandbox, token?: string | null): PluralKit {
  const fetch = (url: string | URL | Request, init?: RequestInit) => sandbox.fetch(new Request(url, init));
  return new PluralKit({
    token: token ?? null,
    userAgent,
    limiter: new MemoryLimiter(),
    retry: { attempts: 1 },
    fetch,
  });
}

/** The whole text of an export. */
export function exportOf(pk: PluralKit, system?: string): Promise<string> {
  return simulate(async () => {
    let text = '';
    for await (const piece of exportSystem(pk, system)) text += piece;
    return text;
  });
}
