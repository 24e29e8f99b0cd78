/**
 * Compares the sandbox with mock servers: see `--help`.
 */
import { join } from 'node:path';
import {
  baseline,
  type Contender,
  goals,
  loaded,
  sandbox,
  started,
  startGoal,
} from './bench-sandbox/contenders.ts';
import { writeLikeForLikeDocument } from './bench-sandbox/document.ts';
import { callsPerSecond, openingTime, resetTime } from './bench-sandbox/in-process.ts';
import { measureLargeWorld } from './bench-sandbox/large-world.ts';
import { load, requestBytes, type Slice } from './bench-sandbox/load.ts';
import { ServerProcess } from './bench-sandbox/server-process.ts';
import { measureWebhookToken } from './bench-sandbox/webhook-token.ts';
import { type Case, cases, requestHeaders } from './bench-sandbox/world.ts';
import { generatedDirectory } from './lib/document.ts';
import { ProgramError, runProgram, UsageError } from './lib/program.ts';
import { median, quantile } from './lib/statistics.ts';
import { printTable } from './lib/table.ts';

const help = `
Runs the sandbox, Prism, Scalar's mock server and a bare node:http server side by side, on this machine only, and tells how
fast each starts and responds, and what memory it takes; then the sandbox's calls within a process, what grows with the world,
and what a webhook request with a wrong token costs. Below each table stands what the project's goals are.

They take turns, so that what else the machine does meets them all alike. The sandbox has all on that it does for each
request: tokens, privacy, limits, journal. The others check nothing, and return examples as large as its responses.

Usage: npm run bench:sandbox [-- options]

  --seconds <number>  about how long it may take; a slow machine takes longer to start all (default: 90)
  --help              show this
`;

/** Rounds that are measured, after warm-up rounds in which code is compiled. */
const [warmUps, rounds] = [2, 5];
/** How many times as long a warm-up slice is: it takes each server about a second a case until all is compiled. */
const warmUpLength = 3;
/** How often they are started, at most. */
const mostStarts = 9;
/** Milliseconds under load, at least, of each contender, case and round. */
const shortestSlice = 20;
/** Shares of the time: for starts, and for starts with load. The rest is for calls within the process. */
const [startShare, loadShare] = [0.2, 0.92];
/** The size of a contender's response, at least, as a share of the sandbox's. */
const smallestBody = 0.9;
const resets = 200;

const options = { seconds: { type: 'string', default: '90' } } as const;

await runProgram({ help, options }, async ({ seconds }) => {
  const total = Number(seconds) * 1000;
  if (!(total > 0)) throw new UsageError(`--seconds must be a number above 0, not “${seconds}”.`);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort()).once('SIGTERM', () => interrupted.abort());
  const begin = performance.now();
  const deadline = (share: number) => begin + total * share;
  try {
    await compareStarts(deadline(startShare), interrupted.signal);
    await compareLoad(deadline(loadShare), interrupted.signal);
    await measureInProcess(total * (1 - loadShare), interrupted.signal);
    await printLargeWorld();
    await printWebhookToken();
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    process.exitCode = 130;
  }
});

async function compareStarts(deadline: number, signal: AbortSignal): Promise<void> {
  const document = join(generatedDirectory('v2'), 'openapi.yaml');
  const [first] = cases;
  const times = new Map<Contender, number[]>(started.map((contender) => [contender, []]));
  for (let round = 0; round < mostStarts && (round === 0 || performance.now() < deadline); round++) {
    for (const contender of started) {
      // The command has a world of its own.
      const path = contender.name.startsWith('sandbox') ? '/systems/harbor' : first.path;
      const server = await ServerProcess.start(contender, document, path, signal);
      times.get(contender)?.push(server.startTime);
      await server.stop();
    }
  }
  const usual = median(times.get(baseline) ?? []);
  const rows = [...times].map(([{ name }, of]) => [
    name,
    `${median(of).toFixed(0)} ms`,
    ratio(median(of) / usual),
  ]);
  const count = times.get(baseline)?.length;
  printTable(`Start to first response (median of ${count})`, ['server', 'time', `× ${baseline.name}`], rows);
  process.stdout.write(`\nGoal: at most ${startGoal} × ${baseline.name}\n`);
}

async function compareLoad(deadline: number, signal: AbortSignal): Promise<void> {
  const document = await writeLikeForLikeDocument();
  const servers: ServerProcess[] = [];
  const failures: unknown[] = [];
  try {
    const starts = loaded.map((contender) =>
      ServerProcess.start(contender, document.file, cases[0].path, signal),
    );
    for (const start of await Promise.allSettled(starts)) {
      if (start.status === 'fulfilled') servers.push(start.value);
      else failures.push(start.reason);
    }
    if (failures.length > 0) throw failures[0];
    const memoryAtFirst = servers.map((server) => server.memory());
    const slices = await loadInTurn(servers, deadline, signal);
    for (const task of cases) printCase(task, servers, slices);
    const rows = servers.map((server, index) => [
      server.contender.name,
      ...[memoryAtFirst[index] ?? Number.NaN, server.memory()].map((size) => `${size.toFixed(0)} MB`),
    ]);
    printTable('Memory', ['server', 'after the first response', 'after all'], rows);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    document.remove();
  }
}

type Slices = ReadonlyMap<Case, ReadonlyMap<ServerProcess, readonly Slice[]>>;

async function loadInTurn(
  servers: readonly ServerProcess[],
  deadline: number,
  signal: AbortSignal,
): Promise<Slices> {
  const slices = new Map(
    cases.map((task) => [task, new Map(servers.map((server): [ServerProcess, Slice[]] => [server, []]))]),
  );
  const count = (warmUps * warmUpLength + rounds) * cases.length * servers.length;
  const duration = Math.max(shortestSlice, (deadline - performance.now()) / count);
  for (let round = 0; round < warmUps + rounds; round++) {
    const length = round < warmUps ? warmUpLength * duration : duration;
    for (const [task, ofTask] of slices) {
      for (const [server, ofServer] of ofTask) {
        signal.throwIfAborted();
        const path = server.contender.base + task.path;
        const slice = await load(
          server.port,
          requestBytes(task.method, path, requestHeaders, task.body),
          length,
        );
        if (round >= warmUps) ofServer.push(slice);
      }
    }
  }
  return slices;
}

function printCase(task: Case, servers: readonly ServerProcess[], slices: Slices): void {
  const results = servers.map((server) => {
    const ofServer = slices.get(task)?.get(server) ?? [];
    return {
      server,
      rate: median(ofServer.map(({ rate }) => rate)),
      slowest: quantile(
        ofServer.flatMap(({ times }) => times),
        0.99,
      ),
      bytes: ofServer[0]?.bytes ?? 0,
    };
  });
  assertAlike(task, results);
  const usual = results.find(({ server }) => server.contender === baseline)?.rate ?? Number.NaN;
  const rows = results.map(({ server, rate, slowest, bytes }) => [
    server.contender.name,
    rate.toFixed(0),
    ratio(rate / usual),
    `${slowest.toFixed(1)} ms`,
    `${bytes} B`,
  ]);
  printTable(task.name, ['server', 'requests/s', `× ${baseline.name}`, 'p99', 'body'], rows);
  const rateOf = (contender: Contender) =>
    results.find(({ server }) => server.contender === contender)?.rate ?? Number.NaN;
  const reached = goals.map(({ than, ratio: goal }) => {
    return `${ratio(rateOf(sandbox) / rateOf(than))} × ${than.name} (goal: ${goal})`;
  });
  process.stdout.write(`\nSandbox: ${reached.join(', ')}\n`);
}

/** @throws ProgramError where a contender has less to send than the sandbox, so that the comparison would not be fair */
function assertAlike(
  task: Case,
  results: readonly { readonly server: ServerProcess; readonly bytes: number }[],
) {
  const expected = results.find(({ server }) => server.contender === sandbox)?.bytes ?? 0;
  for (const { server, bytes } of results) {
    if (bytes < smallestBody * expected) {
      throw new ProgramError(
        `${task.name}: ${server.contender.name} sends ${bytes} B, the sandbox ${expected} B.`,
      );
    }
  }
}

async function measureInProcess(milliseconds: number, signal: AbortSignal): Promise<void> {
  const rows: string[][] = [];
  for (const task of cases) {
    signal.throwIfAborted();
    rows.push([task.name, (await callsPerSecond(task, milliseconds / (1.5 * cases.length))).toFixed(0)]);
  }
  printTable('Within a process, one call after the other', ['call', 'calls/s'], rows);
  const [, , , change = cases[0]] = cases;
  printTable(
    'The sandbox itself',
    ['what', 'time'],
    [
      ['reset after a change', `${(await resetTime(change, resets)).toFixed(3)} ms`],
      ['make up the world and open a sandbox with it', `${openingTime(20).toFixed(1)} ms`],
    ],
  );
}

async function printLargeWorld(): Promise<void> {
  const rows = (await measureLargeWorld()).map(({ name, time, goal }) => [
    name,
    `${time.toFixed(3)} ms`,
    `${goal} ms`,
    ratio(time / goal),
  ]);
  printTable('A world of 10,000 members', ['what', 'time', 'goal', '× goal'], rows);
}

async function printWebhookToken(): Promise<void> {
  const rows = (await measureWebhookToken()).map(({ name, time, parse }) => [
    name,
    `${time.toFixed(1)} ms`,
    `${parse.toFixed(1)} ms`,
    ratio(time / parse),
  ]);
  const header = ['body of a request with a wrong token', 'receiver', 'JSON.parse', '× JSON.parse'];
  printTable('Webhook receiver', header, rows);
  process.stdout.write('\nGoal: at most 2 × JSON.parse\n');
}

function ratio(value: number): string {
  return value.toFixed(2);
}
