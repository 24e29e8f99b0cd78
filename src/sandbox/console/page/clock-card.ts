import { admin, type ClockChange } from './admin.ts';
import type { App } from './app.ts';
import { actionButton, type Card, card, labelled } from './card.ts';
import { element } from './element.ts';

const second = 1000;
const units: readonly (readonly [string, number])[] = [
  ['seconds', second],
  ['minutes', 60 * second],
  ['hours', 3600 * second],
  ['days', 86_400 * second],
];

/** Freezes, sets and moves the sandbox's clock. */
export function clockCard(app: App): Card {
  const now = element('time', { class: 'now' });
  const state = element('p', { class: 'muted', id: 'clock-state' });
  const toggle = actionButton('Freeze', () => {
    const freeze = !frozen;
    change({ freeze }, freeze ? 'The clock stands still.' : 'The clock runs.');
  });
  const time = element('input', { type: 'datetime-local', step: 1, required: true });
  const amount = element('input', { type: 'number', value: 1, step: 'any', required: true });
  const unit = element(
    'select',
    {},
    ...units.map(([name, length]) => element('option', { value: length }, name)),
  );
  let frozen = false;

  const change = (wanted: ClockChange, done: string) => app.run(() => admin.changeClock(wanted), done);
  const submitted = (action: () => void) => (event: Event) => {
    event.preventDefault();
    action();
  };
  return {
    content: card(
      'Clock',
      element('div', {}, now, state),
      element(
        'div',
        { class: 'actions' },
        toggle,
        actionButton('Back to the real time', () =>
          change({ reset: true }, 'The clock shows the real time.'),
        ),
      ),
      element(
        'form',
        {
          class: 'row',
          'aria-label': 'Move the clock',
          onsubmit: submitted(() =>
            change({ advance: amount.valueAsNumber * Number(unit.value) }, 'The clock has moved.'),
          ),
        },
        labelled('Move by', amount),
        labelled('Unit', unit),
        element('button', { type: 'submit' }, 'Move'),
      ),
      element(
        'form',
        {
          class: 'row',
          'aria-label': 'Set the clock',
          onsubmit: submitted(() => change({ set: inUtc(time.value) }, 'The clock is set.')),
        },
        labelled('Set to (UTC)', time, { wide: true }),
        element('button', { type: 'submit' }, 'Set'),
      ),
    ),
    async update() {
      const clock = await admin.clock();
      frozen = clock.frozen;
      now.dateTime = clock.now;
      now.textContent = readable(clock.now);
      if (time.value === '') time.value = clock.now.slice(0, 19);
      const words = frozen ? 'The clock stands still.' : 'The clock runs.';
      if (state.textContent !== words) state.textContent = words;
      toggle.textContent = frozen ? 'Let it run' : 'Freeze';
    },
  };
}

/** `2030-01-02T03:04:05.678901Z` → `2030-01-02 03:04:05 UTC` */
function readable(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}

/** A field of local time omits seconds that are zero. */
function inUtc(local: string): string {
  return `${local.length === 16 ? `${local}:00` : local}Z`;
}
