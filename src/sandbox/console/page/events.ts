import type { Delivery, DeliveryOutcome } from '../../dispatch/dispatch.ts';
import { admin } from './admin.ts';
import type { App, Section } from './app.ts';
import { element } from './element.ts';
import { bodyView } from './json-view.ts';
import { type LogItem, LogList } from './log-list.ts';
import { nameOf } from './references.ts';
import { statusText } from './status-text.ts';

/** The webhook events that the sandbox has made. */
export function createEvents(app: App): Section {
  const list = new LogList(
    'Webhook events, newest first',
    'No event yet. They come when something changes in a system that has a webhook: register one in the section “Bot”, then change something in “Try it”.',
  );
  let items: readonly LogItem[] = [];
  let texts: readonly string[] = [];

  const update = async () => {
    const deliveries = await admin.deliveries();
    const fresh = deliveries.map((delivery) => JSON.stringify(delivery));
    // After a reset, the old events are removed.
    const kept = texts.every((text, index) => text === fresh[index]) ? items : [];
    items = deliveries.map((delivery, index) => kept[index] ?? logItem(app, delivery, index));
    texts = fresh;
    list.show(items);
  };
  const clear = () => app.run(admin.clearDeliveries, 'The list of events is empty now.');
  return {
    name: 'events',
    title: 'Events',
    update,
    content: element(
      'div',
      {},
      element(
        'div',
        { class: 'toolbar' },
        element('p', { class: 'filter muted' }, 'Webhook events of systems that have a webhook.'),
        element('button', { type: 'button', onclick: clear }, 'Clear'),
      ),
      list.content,
    ),
  };
}

let lastKey = 0;

function logItem(app: App, { url, payload, outcome }: Delivery, index: number): LogItem {
  const system = app.world.systems.find(({ uuid }) => uuid === payload.system_id);
  const name = system === undefined ? payload.system_id : nameOf(system);
  lastKey += 1;
  return {
    key: String(lastKey),
    words: '',
    summary: [
      element('span', { class: 'time' }, `${index + 1}.`),
      element('strong', {}, payload.type),
      element('span', { class: 'target muted' }, name),
      outcomeView(outcome),
    ],
    detail: () => [
      element('p', {}, 'To ', element('code', {}, url), `: ${describeOutcome(outcome)}`),
      bodyView(JSON.stringify(payload), `Payload of ${payload.type}`),
    ],
  };
}

/** What came of it, in short. */
function outcomeView(outcome: DeliveryOutcome | null | undefined): HTMLElement {
  if (outcome == null) return element('span', { class: 'muted status' }, 'not posted');
  if (!('status' in outcome))
    return element('span', { class: 'status status-0' }, `failed: ${outcome.error}`);
  const { status } = outcome;
  return element('span', { class: `status status-${Math.floor(status / 100)}` }, statusText(status));
}

function describeOutcome(outcome: DeliveryOutcome | null | undefined): string {
  if (outcome == null) return 'not posted. Start the sandbox with --deliver to post events to this machine.';
  return 'status' in outcome ? `responded with ${outcome.status}.` : `failed: ${outcome.error}.`;
}
