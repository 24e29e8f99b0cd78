import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isConsolePath } from '../sandbox/console/console-path.ts';
import { docsFolder, holdsDocs } from '../sandbox/console/docs-folder.ts';
import { withConsole } from '../sandbox/console/with-console.ts';
import { createSandbox } from '../sandbox/create-sandbox.ts';
import { createDeliverer } from '../sandbox/node/deliver.ts';
import { listen } from '../sandbox/node/listen.ts';
import type { AnsweredRequest } from '../sandbox/node/node-listener.ts';
import { CommandError } from './command.ts';
import { openDatabase } from './database.ts';
import { introduce } from './introduction.ts';
import { tryToListen } from './listening.ts';
import type { SandboxCommandOptions } from './sandbox.ts';
import { untilStopped } from './stop.ts';
import { describeError, printable, styled, timeOfDay, writeError, writeLine } from './terminal.ts';
import { describeOmitted } from './world.ts';
import { readWorldFile } from './world-file.ts';

/** How long requests under way may go on once the program is asked to stop, in milliseconds. */
const patience = 3000;

/**
 * Runs a sandbox until it is stopped.
 *
 * @throws {CommandError} where it cannot start
 */
export async function runSandbox(options: SandboxCommandOptions): Promise<void> {
  const { port, host, latency, rateLimits, rateLimitFactor, v1, appToken } = options;
  const docsNote = options.docs === undefined ? undefined : checkDocs(options.docs);
  const stopped = untilStopped();
  const storage = options.db === undefined ? undefined : openDatabase(options.db);
  const isKept = storage?.read() !== undefined;
  const worldFile = options.world === undefined || isKept ? undefined : await readWorldFile(options.world);
  const deliverer =
    options.deliver === 'nowhere' ? undefined : createDeliverer({ anywhere: options.deliver === 'anywhere' });
  const sandbox = createSandbox({
    rateLimits,
    rateLimitFactor,
    ...(appToken !== undefined && { apps: { app: appToken } }),
    v1,
    ...(worldFile && { world: worldFile.world }),
    ...(deliverer && { deliver: deliverer.deliver }),
    ...(storage && { storage }),
  });
  const onAnswer = (answer: AnsweredRequest) => {
    // The console asks again and again.
    const isNoise = isConsolePath(answer.target.replace(/\?.*/s, ''));
    if (!options.quiet && !isNoise) writeLine(describeAnswer(answer));
  };
  const server = withConsole(sandbox, options.docs === undefined ? {} : { docs: docsFolder(options.docs) });
  const onError = (error: unknown) => writeError(describeError(error));
  const listening = listen(server, { port, host, latency, onAnswer, onError });
  const listener = await tryToListen({ port, host }, listening);
  if (isKept && options.world !== undefined) {
    writeLine(`${options.db} holds a world already and goes on with it; ${options.world} was not read.\n`);
  }
  if (worldFile !== undefined && worldFile.omitted.length > 0) {
    writeLine(`${describeOmitted(worldFile.omitted)}\n`);
  }
  if (docsNote !== undefined) writeLine(`${docsNote}\n`);
  writeLine(introduce({ url: listener.url, host, v1, systems: sandbox.world().systems }));
  await stopped;
  await Promise.race([listener.finish(), sleep(patience)]);
  await listener.close();
  await deliverer?.close();
  storage?.close();
}

/**
 * The docs may be rendered later, but no folder of other things is served.
 *
 * @returns what to tell of a folder that is not there
 * @throws {CommandError} where the folder holds something else
 */
function checkDocs(folder: string): string | undefined {
  if (holdsDocs(folder)) return undefined;
  if (!existsSync(folder))
    return `There is no folder ${folder} yet. The docs are shown once it holds v2/index.html (in a clone: npm run docs).`;
  throw new CommandError(`${folder} holds no rendered docs: it has no v2/index.html`);
}

function describeAnswer({ method, target, status, duration }: AnsweredRequest): string {
  const color = status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green';
  const took = styled('dim', `${duration.toFixed(1)} ms`);
  return `${timeOfDay()} ${method.padEnd(6)} ${printable(target)} ${styled(color, String(status))} ${took}`;
}
