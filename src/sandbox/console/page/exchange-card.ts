import { admin, downloads } from './admin.ts';
import type { App } from './app.ts';
import { type Card, card, labelled } from './card.ts';
import { element } from './element.ts';
import { bodyView } from './json-view.ts';
import { accountSelect, systemSelect } from './world-select.ts';

/** Imports and exports systems as the bot does. */
export function exchangeCard(app: App): Card {
  const account = accountSelect(app);
  const file = element('input', { type: 'file', accept: '.json,application/json', required: true });
  const outcome = element('div', { hidden: true });
  const system = systemSelect(app);
  const save = element('a', { class: 'button', download: 'system.json' }, 'Export');
  const showLink = () => save.setAttribute('href', downloads.system(system.value));
  system.addEventListener('change', showLink);
  app.onWorld(showLink);
  showLink();

  const importChosen = async () => {
    const [chosen] = file.files ?? [];
    if (chosen === undefined) return;
    const result = await admin.importFile(account.value, await chosen.text());
    outcome.hidden = false;
    outcome.replaceChildren(bodyView(result, 'What was imported'));
    await app.updateWorld();
  };
  return {
    content: card(
      'Import and export',
      element('p', { class: 'muted' }, 'Files of PluralKit and Tupperbox are imported whole or not at all.'),
      element(
        'form',
        {
          class: 'row',
          'aria-label': 'Import a file',
          onsubmit: (event) => {
            event.preventDefault();
            app.run(importChosen, 'The file is imported.');
          },
        },
        labelled('Import into', account),
        labelled('Export file', file, { wide: true }),
        element('button', { type: 'submit' }, 'Import'),
      ),
      outcome,
      element('div', { class: 'row' }, labelled('Export of', system), save),
    ),
  };
}
