import type { Delivery, DeliveryOutcome } from '../sandbox/dispatch/dispatch.ts';
import { withoutPassword } from '../sandbox/formats/url.ts';
import { pathIn } from '../sandbox/http/target.ts';
import type { ServedRequest } from '../sandbox/node/node-listener.ts';
import { printable, styled, timeOfDay } from './terminal.ts';

/** The line of a request, with a hint where its path leads nowhere. */
export function requestLine({ method, target, status, duration }: ServedRequest): string {
  const color = status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green';
  const took = styled('dim', `${duration.toFixed(1)} ms`);
  const hint = status === 400 || status === 404 || status === 410 ? hintOf(pathIn(target)) : '';
  const line = `${timeOfDay()} ${method.padEnd(6)} ${printable(target)} ${styled(color, String(status))} ${took}`;
  return hint === '' ? line : `${line}\n${' '.repeat(9)}${hint}`;
}

/** What a caller has probably forgotten; the response itself stays that of the real server. */
function hintOf(path: string): string {
  if (/^\/v2\/?$/.test(path)) return 'The API is below /v2, such as /v2/systems/@me. The console is at /.';
  if (/^\/(?:v\d|_sandbox|docs|private)(?:\/|$)/.test(path)) return '';
  return 'The API is below /v2: does the base URL lack it?';
}

/** The line of a webhook event that was posted. */
export function deliveryLine({ url, payload }: Delivery, outcome: DeliveryOutcome): string {
  const result =
    'status' in outcome
      ? styled(outcome.status < 300 ? 'green' : 'yellow', `responded with ${outcome.status}`)
      : styled('red', `failed: ${printable(outcome.error)}`);
  return `${timeOfDay()} EVENT  ${payload.type} to ${printable(withoutPassword(url))} ${result}`;
}
