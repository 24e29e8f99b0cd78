/**
 * Compares clients of the API: see `--help`.
 */
import { type Case, cases } from './bench-client/cases.ts';
import { type Contender, contenders } from './bench-client/contenders.ts';
import { runCase } from './bench-client/limited.ts';
import { microsecondsPerCall } from './bench-client/overhead.ts';
import { ServerProcess } from './bench-client/server-process.ts';
import { bundleSizes } from './bench-client/sizes.ts';
import { runProgram } from './lib/program.ts';
import { printTable } from './lib/table.ts';

const help = `
Runs every client against one local server with the real limits, and tells what each makes of them; then the time that a
call takes with each where nothing limits it, and the bytes of its smallest useful import. It takes ten minutes, most of
them for clients that do not know the limits.

Usage: npm run bench:client [-- options]

  --only <text>   only clients whose name holds this
  --help          show this
`;

await runProgram({ help, options: { only: { type: 'string', default: '' } } }, async ({ only }) => {
  const server = new ServerProcess();
  try {
    const chosen = await loadable(contenders.filter(({ name }) => name.includes(only)));
    for (const task of cases) await compare(server, task, chosen);
    await compareOverhead(server, chosen);
  } finally {
    server.stop();
  }
  const sizes = [...(await bundleSizes())].map(([name, bytes]) => [name, `${(bytes / 1000).toFixed(1)} kB`]);
  printTable('Bundled, minified and gzipped', ['import', 'size'], sizes);
});

/** Skips a client that cannot be loaded, and says so. */
async function loadable(candidates: readonly Contender[]): Promise<Contender[]> {
  const loaded: Contender[] = [];
  for (const candidate of candidates) {
    try {
      await candidate.connect('http://127.0.0.1:9', 'none');
      loaded.push(candidate);
    } catch (error) {
      process.stdout.write(
        `${candidate.name} can't be loaded: ${error instanceof Error ? error.message : error}\n`,
      );
    }
  }
  return loaded;
}

async function compare(server: ServerProcess, task: Case, chosen: readonly Contender[]): Promise<void> {
  const rows: string[][] = [];
  for (const contender of chosen) {
    const { milliseconds, requests, refusals, failures } = await quietly(() =>
      runCase(server, contender, task),
    );
    rows.push([
      contender.name,
      `${(milliseconds / 1000).toFixed(2)} s`,
      `${(milliseconds / task.ideal).toFixed(2)}`,
      ...[requests, refusals, failures].map(String),
    ]);
  }
  const title = `${task.name} (ideal: ${(task.ideal / 1000).toFixed(2)} s)`;
  printTable(title, ['client', 'time', '× ideal', 'requests', '429s', 'failed calls'], rows);
}

async function compareOverhead(server: ServerProcess, chosen: readonly Contender[]): Promise<void> {
  const times = await quietly(() => microsecondsPerCall(server, chosen));
  const [bare = Number.NaN] = times.values();
  const rows = [...times].map(([{ name }, time]) => [
    name,
    `${time.toFixed(0)} µs`,
    (time / bare).toFixed(2),
  ]);
  printTable('One GET after the other, without limits', ['client', 'a call', `× ${chosen[0]?.name}`], rows);
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
