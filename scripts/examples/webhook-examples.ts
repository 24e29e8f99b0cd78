/**
 * Chooses the examples of the webhook events among those that recorded calls sent.
 */
import type { LocatedExchange } from '../../test/document/exchanges.ts';
import { isObject, type Json, type Scenario } from '../lib/recordings.ts';
import { calm, mostTelling } from './choose.ts';
import type { OperationExamples } from './operation-examples.ts';

interface SentEvent {
  readonly scenario: Scenario;
  readonly type: string;
  readonly payload: Json;
}

/** By type of the event. */
export function webhookExamples(exchanges: readonly LocatedExchange[]): Map<string, OperationExamples> {
  const events = exchanges.flatMap(eventsOf);
  const types = [...new Set(events.map(({ type }) => type))].sort();
  return new Map(
    types.map((type): [string, OperationExamples] => {
      const sent = calm(events.filter((event) => event.type === type));
      const [best] = mostTelling(sent, ({ payload }) => payload);
      const examples = best && { [type]: { summary: type, value: best.payload } };
      return [type, examples ? { request: { 'application/json': examples } } : {}];
    }),
  );
}

function eventsOf({ scenario, dispatched = [] }: LocatedExchange): SentEvent[] {
  return dispatched.flatMap((event) => {
    const payload = isObject(event) ? event.payload : undefined;
    return isObject(payload) && typeof payload.type === 'string'
      ? [{ scenario, type: payload.type, payload }]
      : [];
  });
}
