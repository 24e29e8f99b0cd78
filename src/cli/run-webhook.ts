import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { startServer } from '../sandbox/node/server.ts';
import { createCheckedHandler } from '../webhooks/handler.ts';
import {
  type AnyWebhookEvent,
  createWebhookHandler,
  toNodeHandler,
  type WebhookHandler,
} from '../webhooks/index.ts';
import { errorTexts } from '../webhooks/response.ts';
import { tryToListen } from './listening.ts';
import { untilStopped } from './stop.ts';
import { describeError, isColored, printable, styled, timeOfDay, writeError, writeLine } from './terminal.ts';
import type { WebhookCommandOptions } from './webhook.ts';

/**
 * Receives webhook events and prints them until it is stopped.
 *
 * @throws {CommandError} where it cannot start
 */
export async function runWebhook({ port, host, token }: WebhookCommandOptions): Promise<void> {
  const stopped = untilStopped();
  const place = { port, host };
  const receive = toNodeHandler(handlerFor(token));
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    response.on('finish', () => printRejection(response.statusCode));
    return receive(request, response);
  };
  const server = await tryToListen(place, startServer(listener, place));
  writeLine(`${styled('bold', 'Waiting for webhook events')}  ${styled('cyan', server.url)}`);
  writeLine(
    token === undefined ? 'Events with any signing token are accepted: use --token to check it.\n' : '',
  );
  await stopped;
  await server.close();
}

function handlerFor(token: string | undefined): WebhookHandler {
  const options = {
    onAny: (event: AnyWebhookEvent) => writeLine(describe(event)),
    onError: (error: unknown) => writeError(describeError(error)),
  };
  if (token === undefined) return createCheckedHandler(() => true, options);
  return createWebhookHandler({ ...options, token });
}

function printRejection(status: number): void {
  const reason = Object.entries(errorTexts).find(([rejected]) => rejected === String(status))?.[1];
  if (reason) writeLine(`${timeOfDay()} ${styled('yellow', `rejected with ${status}`)}: ${reason}\n`);
}

/** Events are far below; anyone can send what would fill the memory as a text that is indented a thousand times. */
const shown = { depth: 8, maxArrayLength: 1_000, breakLength: 80 };

function describe({ type, system_id: system, id, data }: AnyWebhookEvent): string {
  const content = inspect(data, { ...shown, colors: isColored() });
  return [
    `${timeOfDay()} ${styled(['bold', 'green'], printable(type))}`,
    `  system ${printable(system)}`,
    ...(id === null ? [] : [`  id     ${printable(id)}`]),
    ...(data === null ? [] : [`  data   ${content.replaceAll('\n', '\n         ')}`]),
    '',
  ].join('\n');
}
