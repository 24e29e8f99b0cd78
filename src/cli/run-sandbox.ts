import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileNote } from '../models/export/notes.ts';
import { isConsolePath } from '../sandbox/console/console-path.ts';
import { docsFolder, holdsDocs } from '../sandbox/console/docs-folder.ts';
import { withConsole } from '../sandbox/console/with-console.ts';
import { createSandbox } from '../sandbox/create-sandbox.ts';
import type { Deliver } from '../sandbox/dispatch/dispatch.ts';
import { handleOf, toResponder } from '../sandbox/http/faces.ts';
import type { Handle } from '../sandbox/http/messages.ts';
import { pathIn } from '../sandbox/http/target.ts';
import { createDeliverer, type Deliverer } from '../sandbox/node/deliver.ts';
import { listen } from '../sandbox/node/listen.ts';
import type { ServedRequest } from '../sandbox/node/node-listener.ts';
import type { SqliteStorage } from '../sandbox/node/sqlite-storage.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { CommandError } from './command.ts';
import { databaseError, openDatabase } from './database.ts';
import { introduce } from './introduction.ts';
import { tryToListen } from './listening.ts';
import { deliveryLine, requestLine } from './log-lines.ts';
import type { SandboxCommandOptions } from './sandbox.ts';
import { untilStopped } from './stop.ts';
import { describeError, writeError, writeLine } from './terminal.ts';
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
  const { port, host, latency, v1 } = options;
  if (options.docs !== undefined) requireDocs(options.docs);
  const stopped = untilStopped();
  const deliverer =
    options.deliver === 'nowhere' ? undefined : createDeliverer({ anywhere: options.deliver === 'anywhere' });
  const onResponse = (request: ServedRequest) => {
    // The console polls.
    const isNoise = isConsolePath(pathIn(request.target));
    if (!options.quiet && !isNoise) writeLine(requestLine(request));
  };
  const onError = (error: unknown) => writeError(describeError(error));
  // The port comes first: a start that fails must not write anything. Early requests wait.
  let begin: (handle: Handle) => void = () => {};
  const opened = new Promise<Handle>((resolve) => {
    begin = resolve;
  });
  const server = toResponder(async (request) => (await opened)(request));
  const listening = listen(server, { port, host, latency, onResponse, onError });
  const listener = await tryToListen({ port, host }, listening);
  const { sandbox, storage, isKept, omitted } = await open(options, deliverer).catch(
    async (error: unknown) => {
      await listener.close();
      throw error;
    },
  );
  const docs = options.docs === undefined ? {} : { docs: docsFolder(options.docs) };
  begin(handleOf(withConsole(sandbox, docs)));
  if (isKept && options.world !== undefined) {
    writeLine(`${options.db} holds a world already, which is used; ${options.world} was not read.\n`);
  }
  if (omitted.length > 0) writeLine(`${describeOmitted(omitted)}\n`);
  writeLine(
    introduce({
      url: listener.url,
      host,
      v1,
      systems: sandbox.world().systems,
      delivers: deliverer !== undefined,
    }),
  );
  await stopped;
  await Promise.race([listener.finish(), sleep(patience)]);
  await listener.close();
  await deliverer?.close();
  storage?.close();
}

interface Opened {
  readonly sandbox: Sandbox;
  readonly storage: SqliteStorage | undefined;
  /** Whether the sandbox continues from a database. */
  readonly isKept: boolean;
  /** The parts of an export that a world omits. */
  readonly omitted: readonly FileNote[];
}

/** @throws {CommandError} where a file can't be used */
async function open(options: SandboxCommandOptions, deliverer: Deliverer | undefined): Promise<Opened> {
  const { db, rateLimits, rateLimitFactor, v1, appToken } = options;
  const storage = db === undefined ? undefined : openDatabase(db);
  try {
    const isKept = storage?.read() !== undefined;
    const worldFile = options.world === undefined || isKept ? undefined : await readWorldFile(options.world);
    const sandbox = createSandbox({
      ...{ rateLimits, rateLimitFactor, v1 },
      ...(appToken !== undefined && { apps: { app: appToken } }),
      ...(worldFile && { world: worldFile.world }),
      ...(deliverer && { deliver: options.quiet ? deliverer.deliver : told(deliverer.deliver) }),
      ...(storage && { storage }),
    });
    return { sandbox, storage, isKept, omitted: worldFile?.omitted ?? [] };
  } catch (error) {
    storage?.close();
    throw db === undefined ? error : databaseError(db, error);
  }
}

/** Prints the outcome of each event. */
function told(deliver: Deliver): Deliver {
  return async (delivery) => {
    const outcome = await deliver(delivery);
    writeLine(deliveryLine(delivery, outcome));
    return outcome;
  };
}

/** @throws {CommandError} where the folder holds something else, or is missing */
function requireDocs(folder: string): void {
  if (holdsDocs(folder)) return;
  throw new CommandError(`${folder} holds no rendered docs: there is no ${join(folder, 'v2/index.html')}`);
}
