import { admin, downloads } from './admin.ts';
import type { App } from './app.ts';
import { actionButton, type Card, card, labelled } from './card.ts';
import { element } from './element.ts';

/** Resets, saves and loads the world. */
export function worldCard(app: App): Card {
  const file = element('input', { type: 'file', accept: '.json,application/json', required: true });
  const load = async () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) await admin.load(await chosen.text());
  };
  return {
    content: card(
      'World',
      element(
        'p',
        { class: 'muted' },
        'All systems, members, groups, switches and messages, with their tokens.',
      ),
      element(
        'div',
        { class: 'actions' },
        actionButton('Reset', () => app.run(admin.reset, 'The sandbox has started over.')),
        element('a', { class: 'button', href: downloads.world, download: 'world.json' }, 'Save as a file'),
      ),
      element(
        'p',
        { class: 'hint' },
        'Reset goes back to the world at the start, and takes away requests, events, faults and API keys.',
      ),
      element(
        'form',
        {
          class: 'row',
          'aria-label': 'Load a world',
          onsubmit: (event) => {
            event.preventDefault();
            app.run(load, 'The world is loaded.');
          },
        },
        labelled('World file', file, { wide: true }),
        element('button', { type: 'submit' }, 'Load'),
      ),
    ),
  };
}
