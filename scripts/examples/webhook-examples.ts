/**
 * The examples of the webhook events, out of those that recorded calls have sent.
 */
import type { LocatedExchange } from '../../test/document/exchanges.ts';
import { isObject, type Json } from '../lib/recordings.ts';
import { mostTelling } from './choose.ts';
import type { OperationExamples } from './operation-examples.ts';

/** By type of the event. */
export function webhookExamples(exchanges: readonly LocatedExchange[]): Map<string, OperationExamples> {
  const events = exchanges.flatMap(({ dispatched }) => dispatched ?? []).flatMap(payloadOf);
  const types = new Set(events.map(({ type }) => type));
  return new Map(
    [...types].sort().map((type): [string, OperationExamples] => {
      const [best] = mostTelling(
        events.filter((event) => event.type === type),
        ({ payload }) => payload,
      );
      const examples = best && { [type]: { summary: type, value: best.payload } };
      return [type, examples ? { request: { 'application/json': examples } } : {}];
    }),
  );
}

function payloadOf(event: Json): { readonly type: string; readonly payload: Json }[] {
  const payload = isObject(event) ? event.payload : undefined;
  return isObject(payload) && typeof payload.type === 'string' ? [{ type: payload.type, payload }] : [];
}
