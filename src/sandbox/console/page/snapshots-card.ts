import { admin } from './admin.ts';
import type { App } from './app.ts';
import { actionButton, type Card, card, labelled } from './card.ts';
import { element } from './element.ts';
import { keepFocus } from './keep-focus.ts';

/** Saves named states, and goes back to them. */
export function snapshotsCard(app: App): Card {
  const name = element('input', { type: 'text', required: true, maxlength: 100, autocomplete: 'off' });
  const list = element('ul', { class: 'things', 'aria-label': 'Snapshots', hidden: true });
  let shown = '';
  return {
    content: card(
      'Snapshots',
      element('p', { class: 'muted' }, 'States to go back to, kept until the sandbox stops.'),
      list,
      element(
        'form',
        {
          class: 'row',
          'aria-label': 'Save a snapshot',
          onsubmit: (event) => {
            event.preventDefault();
            app.run(() => admin.saveSnapshot(name.value), 'The snapshot is saved.');
          },
        },
        labelled('Snapshot', name),
        element('button', { type: 'submit' }, 'Save'),
      ),
    ),
    async update() {
      const names = await admin.snapshots();
      const text = JSON.stringify(names);
      if (text === shown) return;
      shown = text;
      list.hidden = names.length === 0;
      keepFocus(list, () => list.replaceChildren(...names.map((one) => snapshotItem(app, one))));
    },
  };
}

function snapshotItem(app: App, name: string): HTMLElement {
  const button = (text: string, action: () => Promise<unknown>, done: string) => {
    const made = actionButton(text, () => app.run(action, done));
    made.className = 'small';
    made.setAttribute('aria-label', `${text} ${name}`);
    return made;
  };
  const restore = async () => {
    await admin.restoreSnapshot(name);
    await app.updateWorld();
  };
  return element(
    'li',
    {},
    `${name} `,
    button('Restore', restore, 'The snapshot is restored.'),
    ' ',
    button('Delete', () => admin.deleteSnapshot(name), 'The snapshot is deleted.'),
  );
}
