import { eventExamples, eventTypes } from '../../generated/v2/events.ts';
import { thereIsNo, wordOf } from '../models/nearest.ts';
import type { WebhookEventType, WebhookPayload } from './events.ts';

/**
 * Makes a valid event as PluralKit would send it, for tests: the document's example, with parts of your own.
 *
 * @example
 * ```ts
 * const event = createTestEvent('UPDATE_MEMBER', { signing_token: 'secret', data: { name: 'Ann' } });
 * await handle(new Request(url, { method: 'POST', body: JSON.stringify(event) }));
 * ```
 * @param type - the type of the event
 * @param parts - what differs from the example; `data` takes the place of the example's as a whole
 * @throws TypeError where there is no such type
 */
export function createTestEvent<Type extends WebhookEventType>(
  type: Type,
  parts: Partial<Omit<WebhookPayload<Type>, 'type'>> = {},
): WebhookPayload<Type> {
  if (!eventTypes.includes(type)) {
    throw new TypeError(thereIsNo('event', wordOf(type), eventTypes));
  }
  return structuredClone({ ...eventExamples[type], ...parts });
}
