import { exportSystem } from '../../src/backup/index.ts';
import { MemoryLimiter, PluralKit } from '../../src/index.ts';
import { createSandbox, system } from '../../src/sandbox/index.ts';
import { idealTime } from './cases.ts';
import { simulate } from './clock.ts';

/** A whole system is exported, in simulated time, over a link of 40 ms. */
export interface ExportResult {
  readonly milliseconds: number;
  /** The shortest possible time for as many requests. */
  readonly ideal: number;
  readonly requests: number;
  readonly rateLimited: number;
  readonly bytes: number;
}

export async function runExport(members: number, switches: number): Promise<ExportResult> {
  const world = system().withMembers(members).withSwitches(switches).world();
  const sandbox = createSandbox({ rateLimits: 'server', world });
  let requests = 0;
  let rateLimited = 0;
  const pk = new PluralKit({
    token: Object.values(sandbox.tokens)[0],
    userAgent: 'bench/1.0 (bench@example.com)',
    limiter: new MemoryLimiter(),
    fetch: async (url, init) => {
      requests++;
      await sleep(20);
      const response = await sandbox.fetch(new Request(url, init));
      await sleep(20);
      if (response.status === 429) rateLimited++;
      return response;
    },
  });
  return simulate(async () => {
    const start = performance.now();
    let bytes = 0;
    for await (const text of exportSystem(pk)) bytes += text.length;
    const milliseconds = performance.now() - start;
    return { milliseconds, ideal: idealTime(requests, 10), requests, rateLimited, bytes };
  });
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
