/**
 * Compares clients of the API: see `--help`.
 */
import { type Case, cases } from './bench-client/cases.ts';
import { type Contender, contenders } from './bench-client/contenders.ts';
import { runExport } from './bench-client/export.ts';
import { Goals } from './bench-client/goals.ts';
import { microsecondsPerCall } from './bench-client/overhead.ts';
import { runOnRedis } from './bench-client/redis.ts';
import { ServerProcess } from './bench-client/server-process.ts';
import { runCase } from './bench-client/simulated.ts';
import { bundleSizes } from './bench-client/sizes.ts';
import { runProgram, UsageError } from './lib/program.ts';
import { printTable } from './lib/table.ts';

const help = `
Compares what clients of the API make of the real server's limits, in simulated time: alone, several behind one address, over slow
links, and with calls that are counted in several buckets; and of an export of a large system. Then it measures, in real time, four
processes that share a Redis (where redis-server is installed), what a call costs where nothing limits it, and the size of
each client's smallest useful import. It prints the goals of the project's own client, and whether they are met. It takes one
to three minutes. Later 429s are those of a process that has been rate limited before.

Usage: npm run bench:client [-- options]

  --only <text>   only clients whose name holds this
  --help          show this
`;

const OWN = 'pluralkit-openapi';
const goals = new Goals();

await runProgram({ help, options: { only: { type: 'string' } } }, async ({ only = '' }) => {
  const named = contenders.filter(({ name }) => name.includes(only));
  if (named.length === 0) {
    throw new UsageError(
      `--only must be part of ${contenders.map(({ name }) => name).join(', ')}, not “${only}”`,
    );
  }
  const chosen = await loadable(named);
  for (const task of cases) await compare(task, chosen);
  if (chosen.some(({ name }) => name === OWN)) await showExport();
  const server = new ServerProcess();
  try {
    if (chosen.some(({ name }) => name === OWN)) await showRedis(server);
    await compareOverhead(server, chosen);
  } finally {
    server.stop();
  }
  const sizes = [...(await bundleSizes())].map(([name, bytes]) => [name, `${(bytes / 1000).toFixed(1)} kB`]);
  printTable('Bundled, minified and gzipped', ['import', 'size'], sizes);
  goals.printSummary();
});

/** Omits clients that cannot be loaded, and says so. */
async function loadable(candidates: readonly Contender[]): Promise<Contender[]> {
  const loaded: Contender[] = [];
  for (const candidate of candidates) {
    try {
      await candidate.connect({ url: 'http://127.0.0.1:9', tokens: ['none', 'none'] });
      loaded.push(candidate);
    } catch (error) {
      process.stdout.write(
        `${candidate.name} can't be loaded: ${error instanceof Error ? error.message : error}\n`,
      );
    }
  }
  return loaded;
}

async function compare(task: Case, chosen: readonly Contender[]): Promise<void> {
  const { name, ideal, goal, lost, roundTrip } = task;
  const results = new Map(
    await inOrder(chosen, async (contender) => [
      contender.name,
      await quietly(() => runCase(contender, task)),
    ]),
  );
  const rows = [...results].map(([client, result]) => [
    client,
    ...[seconds(result.milliseconds), (result.milliseconds / ideal).toFixed(2)],
    ...[result.requests, result.rateLimited, result.rateLimitedLater, result.failures].map(String),
  ]);
  const header = ['client', 'time', '× ideal', 'requests', '429s', 'later 429s', 'failed calls'];
  printTable(`${name} (ideal: ${seconds(ideal)})`, header, rows);
  const own = results.get(OWN);
  if (!own) return;
  const ways = goal.roundTrips * roundTrip[1];
  goals.print(name, {
    [`≤ ${goal.factor} × ideal${ways ? ` + ${ways} ms of round trips` : ''}`]:
      own.milliseconds <= goal.factor * ideal + ways,
    ...(task.processes === 1
      ? { 'no 429': own.rateLimited === 0 }
      : { [`≤ ${goal.rateLimited} later 429s`]: own.rateLimitedLater <= goal.rateLimited }),
    [lost ? `no failed call but the ${lost} that hang` : 'no failed call']: own.failures === lost,
  });
}

async function showExport(): Promise<void> {
  const { milliseconds, ideal, requests, rateLimited, bytes } = await runExport(500, 5000);
  const name = 'Export of 500 members and 5,000 switches';
  printTable(
    `${name} (ideal: ${seconds(ideal)})`,
    ['client', 'time', '× ideal', 'requests', '429s', 'bytes'],
    [
      [
        OWN,
        ...[seconds(milliseconds), (milliseconds / ideal).toFixed(2)],
        ...[requests, rateLimited, bytes].map(String),
      ],
    ],
  );
  goals.print(name, { '≤ 1.05 × ideal': milliseconds <= 1.05 * ideal, 'no 429': rateLimited === 0 });
}

async function showRedis(server: ServerProcess): Promise<void> {
  const result = await runOnRedis(server);
  const name = 'Four processes of 25 tasks on one Redis';
  if (typeof result === 'string') {
    process.stdout.write(`\n${name}: skipped, as no Redis could be started (${result})\n`);
    return;
  }
  const { milliseconds, ideal, requests, rateLimited, failures } = result;
  printTable(
    `${name} (ideal: ${seconds(ideal)})`,
    ['client', 'time', '× ideal', 'requests', '429s', 'failed calls'],
    [
      [
        OWN,
        ...[seconds(milliseconds), (milliseconds / ideal).toFixed(2)],
        ...[requests, rateLimited, failures].map(String),
      ],
    ],
  );
  goals.print(name, {
    '≤ 1.1 × ideal': milliseconds <= 1.1 * ideal,
    'no 429': rateLimited === 0,
    'no failed call': failures === 0,
  });
}

async function compareOverhead(server: ServerProcess, chosen: readonly Contender[]): Promise<void> {
  const times = await quietly(() => microsecondsPerCall(server, chosen));
  const [bare = Number.NaN] = times.values();
  const rows = [...times].map(([{ name }, time]) => [
    name,
    `${time.toFixed(0)} µs`,
    (time / bare).toFixed(2),
  ]);
  const title = 'One GET after the other, without limits';
  printTable(title, ['client', 'a call', `× ${chosen[0]?.name}`], rows);
  const own = [...times].find(([{ name }]) => name === OWN)?.[1];
  if (own && chosen[0]?.name === 'fetch') goals.print(title, { '≤ 1.1 × fetch': own <= 1.1 * bare });
}

async function inOrder<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Some clients log each request. */
async function quietly<Result>(run: () => Promise<Result>): Promise<Result> {
  const { log } = console;
  console.log = () => undefined;
  try {
    return await run();
  } finally {
    console.log = log;
  }
}
