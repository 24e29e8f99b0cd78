/**
 * What grows with the world elsewhere: measured on one of 10,000 members, in memory and with a database.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox, type Sandbox, system } from '../../src/sandbox/index.ts';
import { openSqliteStorage } from '../../src/sandbox/node/index.ts';
import { median } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

/** A row of the table: what it is, how long it took in milliseconds, and what it may take. */
export interface Measured {
  readonly name: string;
  readonly time: number;
  readonly goal: number;
}

const token = 'benchy';
const headers = {
  Authorization: token,
  'User-Agent': 'pluralkit-openapi bench',
  'Content-Type': 'application/json',
};
const count = 100;

export async function measureLargeWorld(): Promise<readonly Measured[]> {
  const world = system({ id: 'benchy', token }).withMembers(10_000).withSwitches(5000).world();
  const ids = world.systems.flatMap(({ members }) => members.map(({ id }) => id));
  const directory = temporaryFolder();
  const storage = openSqliteStorage(join(directory, 'sandbox.db'));
  try {
    return [
      ...(await measureInMemory(createSandbox({ world }), ids)),
      await measureReset(createSandbox({ world, storage }), ids, 'with a database'),
    ];
  } finally {
    storage.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measureInMemory(sandbox: Sandbox, ids: readonly string[]): Promise<readonly Measured[]> {
  const removal = await times(count, (index) =>
    sandbox.fetch(`/v2/members/${ids[index]}`, { method: 'DELETE', headers }),
  );
  const pause = await longestPause(async () => (await sandbox.fetch('/_sandbox/world')).text());
  sandbox.snapshots.save('start');
  const restoring: number[] = [];
  for (let index = 0; index < count; index += 1) {
    await change(sandbox, ids[count]);
    restoring.push(...(await times(1, () => sandbox.snapshots.restore('start'))));
  }
  return [
    { name: 'DELETE of a member', time: median(removal), goal: 1 },
    { name: 'longest pause for others while GET /_sandbox/world is sent', time: pause, goal: 50 },
    { name: 'restore of a snapshot after a change', time: median(restoring), goal: 1 },
    await measureReset(sandbox, ids, 'in memory'),
  ];
}

async function measureReset(sandbox: Sandbox, ids: readonly string[], where: string): Promise<Measured> {
  for (const id of ids.slice(count, 1000)) await change(sandbox, id);
  const reset = await times(1, () => sandbox.reset());
  return { name: `reset after 900 changes, ${where}`, time: median(reset), goal: 50 };
}

function change(sandbox: Sandbox, id: string | undefined): Promise<Response> {
  return sandbox.fetch(`/v2/members/${id}`, { method: 'PATCH', headers, body: '{"pronouns":"any"}' });
}

async function times(rounds: number, step: (index: number) => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < rounds; index += 1) {
    const start = performance.now();
    await step(index);
    taken.push(performance.now() - start);
  }
  return taken;
}

/** The longest time for which the event loop was blocked. */
async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await work();
  clearInterval(timer);
  return longest;
}
