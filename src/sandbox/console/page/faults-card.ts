import type { Fault, FaultOptions } from '../../faults/fault-list.ts';
import type { ConsoleOperation } from '../operations.ts';
import { admin } from './admin.ts';
import type { App } from './app.ts';
import { actionButton, type Card, card, labelled } from './card.ts';
import { element, replaceChildren } from './element.ts';

const usual = 'usual';
const withStatus = 'status';
const dropped = 'drop';
const spoilt = { truncated: 'body cut in the middle', html: 'a web page instead', empty: 'an empty body' };
const outages = {
  'rate-limiter': 'the rate limiter is down: wait until the faults are removed',
  'rate-limiter-script': 'the rate limiter fails: 500',
  api: 'the API behind the gateway is down: 500',
};

/** Makes requests fail on purpose. */
export function faultsCard(app: App, operations: readonly ConsoleOperation[]): Card {
  const operation = choice([['', 'every operation'], ...operations.map(({ id }) => [id, id] as const)]);
  const outcome = choice([
    [withStatus, 'a status'],
    [dropped, 'none: drop the connection'],
    ...Object.entries(spoilt),
    ...Object.entries(outages),
    [usual, 'as usual'],
  ]);
  const status = numberField({ min: 200, max: 599, value: 503, required: true });
  const delay = numberField({ min: 0, max: 600_000, value: 0, required: true });
  const times = numberField({ min: 1, placeholder: 'all' });
  const percent = numberField({ min: 0, max: 100, step: 'any', value: 100, required: true });
  const statusField = labelled('Status', status);
  outcome.addEventListener('change', () => {
    statusField.hidden = outcome.value !== withStatus;
    status.disabled = statusField.hidden;
  });

  const options = (): FaultOptions => ({
    operation: operation.value === '' ? null : operation.value,
    times: times.value === '' ? null : times.valueAsNumber,
    probability: percent.valueAsNumber / 100,
    delay: delay.valueAsNumber,
    status: outcome.value === withStatus ? status.valueAsNumber : null,
    drop: outcome.value === dropped,
    outage: isKeyOf(outages, outcome.value) ? outcome.value : null,
    body: isKeyOf(spoilt, outcome.value) ? outcome.value : null,
  });
  const list = element('ul', { class: 'things', 'aria-label': 'Active faults' });
  const none = element('p', { class: 'muted' }, 'No fault: every request gets its usual response.');
  const clear = actionButton('Remove all faults', () => app.run(admin.clearFaults, 'All faults are gone.'));
  return {
    content: card(
      'Faults',
      none,
      list,
      clear,
      element(
        'form',
        {
          'aria-label': 'Add a fault',
          onsubmit: (event) => {
            event.preventDefault();
            app.run(() => admin.addFault(options()), 'The fault is added.');
          },
        },
        labelled('Operation', operation),
        element('div', { class: 'row' }, labelled('Response', outcome), statusField),
        element(
          'div',
          { class: 'row' },
          labelled('Wait (ms)', delay),
          labelled('Next requests', times),
          labelled('Chance (%)', percent),
        ),
        element('button', { type: 'submit' }, 'Add the fault'),
      ),
    ),
    async update() {
      const faults = await admin.faults();
      const texts = faults.map(describeFault);
      none.hidden = faults.length > 0;
      clear.hidden = faults.length === 0;
      const same = texts.join('\n') === [...list.children].map((item) => item.textContent).join('\n');
      if (!same) replaceChildren(list, ...texts.map((text) => element('li', {}, text)));
    },
  };
}

function describeFault({ operation, times, probability, delay, status, drop, outage, body }: Fault): string {
  const effects = [
    delay > 0 ? `waits ${delay} ms` : '',
    drop ? 'drops the connection' : '',
    status === null ? '' : `responds with ${status}`,
    outage === null ? '' : outages[outage],
    body === null ? '' : `gives ${spoilt[body]}`,
    times === null ? '' : `next ${times} ${times === 1 ? 'request' : 'requests'}`,
    probability === 1 ? '' : `in ${Number((probability * 100).toFixed(1))} % of requests`,
  ];
  return `${operation ?? 'Every operation'}: ${effects.filter((effect) => effect !== '').join(', ')}`;
}

function isKeyOf<T extends object>(names: T, value: string): value is string & keyof T {
  return Object.hasOwn(names, value);
}

function choice(entries: readonly (readonly [string, string])[]): HTMLSelectElement {
  return element('select', {}, ...entries.map(([value, text]) => element('option', { value }, text)));
}

function numberField(attributes: Readonly<Record<string, string | number | boolean>>): HTMLInputElement {
  return element('input', { type: 'number', ...attributes });
}
