import { inspect } from 'node:util';
import { startServer } from '../sandbox/node/server.ts';
import { readBody } from '../webhooks/body.ts';
import { type AnyWebhookEvent, readEvent } from '../webhooks/events.ts';
import { createWebhookHandler, toNodeHandler, type WebhookHandler } from '../webhooks/index.ts';
import type { Command } from './command.ts';
import { tryToListen } from './listening.ts';
import { untilStopped } from './stop.ts';
import { describeError, isColored, printable, styled, timeOfDay, writeError, writeLine } from './terminal.ts';
import { readWebhookOptions, webhookHelp } from './webhook-options.ts';

export const webhookCommand: Command = {
  summary: 'print the webhook events that come in',
  help: webhookHelp,
  async run(args) {
    const { port, host, token } = readWebhookOptions(args);
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
  },
};

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
  const body = method === 'POST' ? await readBody(request.body) : null;
  const token = body === null ? undefined : readEvent(body)?.token;
  const handle = handlerFor(typeof token === 'string' && token !== '' ? token : 'none');
  return handle(body === null ? request : new Request(url, { method, body: body.slice() }));
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
