import { inspect } from 'node:util';
import { startServer } from '../sandbox/node/server.ts';
import { readBody } from '../webhooks/body.ts';
import { type AnyWebhookEvent, readEvent } from '../webhooks/events.ts';
import { createWebhookHandler, toNodeHandler, type WebhookHandler } from '../webhooks/index.ts';
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
  const handle = token === undefined ? handleAny : handlerFor(token);
  const place = { port, host };
  const server = await tryToListen(place, startServer(toNodeHandler(printRefusals(handle)), place));
  writeLine(`${styled('bold', 'Waiting for webhook events')}  ${styled('cyan', server.url)}`);
  writeLine(
    token === undefined ? 'Events with any signing token are accepted: give --token to check it.\n' : '',
  );
  await stopped;
  await server.close();
}

/** Where an event brings none. */
const anyToken = 'none';

function handlerFor(token: string): WebhookHandler {
  return createWebhookHandler({
    token,
    onAny: (event) => writeLine(describe(event)),
    onError: (error) => writeError(describeError(error)),
  });
}

/** Takes the token that an event brings for the right one. */
async function handleAny(request: Request): Promise<Response> {
  const { url, method } = request;
  if (method !== 'POST') return handlerFor(anyToken)(request);
  const body = await readBody(request.body);
  if (body === null) return new Response('The body is too large', { status: 413 });
  const token = readEvent(body)?.token;
  const handle = handlerFor(typeof token === 'string' && token !== '' ? token : anyToken);
  return handle(new Request(url, { method, body: body.slice() }));
}

function printRefusals(handle: WebhookHandler): WebhookHandler {
  return async (request) => {
    const response = await handle(request);
    if (response.ok) return response;
    const reason = await response.clone().text();
    writeLine(`${timeOfDay()} ${styled('yellow', `refused with ${response.status}`)}: ${reason}\n`);
    return response;
  };
}

function describe({ type, system_id: system, id, data }: AnyWebhookEvent): string {
  const content = inspect(data, { depth: null, colors: isColored(), maxArrayLength: null, breakLength: 80 });
  return [
    `${timeOfDay()} ${styled(['bold', 'green'], printable(type))}`,
    `  system ${printable(system)}`,
    ...(id === null ? [] : [`  id     ${printable(id)}`]),
    ...(data === null ? [] : [`  data   ${content.replaceAll('\n', '\n         ')}`]),
    '',
  ].join('\n');
}
