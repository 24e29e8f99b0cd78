/**
 * Replays recordings against the sandbox: see `--help`.
 */
import { operations } from '../generated/v2/operations.ts';
import { groupBy } from './lib/group-by.ts';
import { folderFrom, ProgramError, runProgram } from './lib/program.ts';
import { recordingsDirectory } from './lib/recordings.ts';
import { type ReplayedExchange, replayAll } from './lib/replay.ts';

const help = `
Replays recordings of the real server against the sandbox, and prints how many exchanges are equal. Fails where any differs.

Usage: npm run fidelity [-- options]

  --recordings <dir>  replay others, laid out as test/recordings
  --help              show this
`;

const options = { recordings: { type: 'string', default: recordingsDirectory } } as const;

const differencesShown = 20;
const valueWidth = 300;

await runProgram({ help, options }, async ({ recordings }) => {
  const results = await replayAll(folderFrom(recordings, 'recordings'));
  if (results.length === 0) throw new ProgramError(`There are no recordings in ${recordings}.`);
  const different = results.filter(({ differences }) => differences.length > 0);
  for (const result of different.slice(0, differencesShown)) console.log(describe(result));
  const byOperation = [...groupBy(results, operationOf)].sort(([first], [second]) =>
    first.localeCompare(second),
  );
  for (const [operation, group] of byOperation) {
    const equal = group.filter(({ differences }) => differences.length === 0).length;
    console.log(`${operation.padEnd(28)} ${equal} of ${group.length} exchanges equal`);
  }
  console.log(`\n${results.length - different.length} of ${results.length} exchanges equal`);
  if (different.length > 0) process.exitCode = 1;
});

function describe({ scenario, line, exchange, differences }: ReplayedExchange): string {
  const { method, path } = exchange.request;
  const sent = exchange.request.raw ?? exchange.request.body;
  const lines = differences.map(
    (difference) =>
      `  ${difference.path}\n    expected ${shorten(difference.expected)}\n    actual   ${shorten(difference.actual)}`,
  );
  const head = `${scenario.name}.jsonl:${line} ${JSON.stringify(exchange.as)} ${method} ${path}`;
  return [sent === undefined ? head : `${head} ${shorten(sent)}`, ...lines, ''].join('\n');
}

function operationOf({ scenario, exchange }: ReplayedExchange): string {
  const { method } = exchange.request;
  const path = exchange.request.path.split('?')[0] ?? '';
  if (scenario.version === 'v1') return `v1 ${method} ${path.split('/')[2] ?? ''}`;
  const found = Object.values(operations).find((operation) => {
    const template = `${operation.unstable ? '' : '/v2'}${operation.path}`.replace(/\{\w+\}/g, '[^/]+');
    return operation.method === method && new RegExp(`^${template}$`).test(path);
  });
  return found?.id ?? '(no operation)';
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= valueWidth ? text : `${text.slice(0, valueWidth)}…`;
}
