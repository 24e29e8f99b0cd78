import type { ApiKeyLevel, ApiKeyPart, ApiKeyScope } from '../../../models/api-key.ts';
import type { KeyDescription, NewKey } from '../../keys/key-desk.ts';
import { admin } from './admin.ts';
import type { App } from './app.ts';
import { actionButton, type Card, card, labelled } from './card.ts';
import { copyButton } from './copy-button.ts';
import { element, newId } from './element.ts';
import { keepFocus } from './keep-focus.ts';
import { systemSelect } from './world-select.ts';

const parts: readonly ApiKeyPart[] = ['system', 'members', 'groups', 'fronters', 'switches', 'all'];
const levels: readonly ApiKeyLevel[] = ['publicread', 'read', 'write'];

/** Gives out API keys and revokes them. */
export function keysCard(app: App): Card {
  const system = systemSelect(app);
  const identify = element('input', { type: 'checkbox' });
  const choices = parts.map((part) => ({ part, level: levelChoice() }));
  const created = element('div', { class: 'created', hidden: true });
  const list = element('ul', { class: 'things', 'aria-label': 'API keys', hidden: true });
  let shown = '';

  const wanted = (): NewKey => ({ system: system.value, scopes: chosenScopes(identify.checked, choices) });
  const create = async () => {
    const { token } = await admin.createKey(wanted());
    created.hidden = false;
    created.replaceChildren(
      element('p', {}, 'The new key, shown this once. “Try it” takes it as another token.'),
      element('code', { class: 'break' }, token),
      ' ',
      copyButton('the new API key', () => token),
    );
  };

  const scopesId = newId('scopes');
  return {
    content: card(
      'API keys',
      element('p', { class: 'muted' }, 'Keys open no more than their scopes say; a reset revokes them all.'),
      list,
      created,
      element(
        'form',
        {
          'aria-label': 'Create an API key',
          onsubmit: (event) => {
            event.preventDefault();
            app.run(create, 'The key is created.');
          },
        },
        labelled('Key for', system),
        element(
          'div',
          { role: 'group', 'aria-labelledby': scopesId },
          element('p', { id: scopesId, class: 'group-label' }, 'What it may do'),
          element('div', { class: 'grid' }, ...choices.map(({ part, level }) => labelled(part, level))),
          element('label', { class: 'check' }, identify, 'identify: tells whose it is'),
        ),
        element('button', { type: 'submit' }, 'Create the key'),
      ),
    ),
    async update() {
      const keys = await admin.keys();
      const text = JSON.stringify(keys);
      if (text === shown) return;
      shown = text;
      list.hidden = keys.length === 0;
      if (keys.length === 0) created.hidden = true;
      keepFocus(list, () => list.replaceChildren(...keys.map((key) => keyItem(app, key))));
    },
  };
}

function keyItem(app: App, { id, system, scopes }: KeyDescription): HTMLElement {
  const what = `${system}: ${scopes.join(', ') || 'no scope'}`;
  const revoke = actionButton('Revoke', () => app.run(() => admin.revokeKey(id), 'The key is revoked.'));
  revoke.className = 'small';
  revoke.setAttribute('aria-label', `Revoke the key of ${what}`);
  return element('li', {}, what, ' ', revoke);
}

function levelChoice(): HTMLSelectElement {
  const none = element('option', { value: '' }, 'nothing');
  return element('select', {}, none, ...levels.map((level) => element('option', {}, level)));
}

function chosenScopes(
  identify: boolean,
  choices: readonly { readonly part: ApiKeyPart; readonly level: HTMLSelectElement }[],
): readonly ApiKeyScope[] {
  const chosen = choices.flatMap(({ part, level: { value } }) => {
    const level = levels.find((candidate) => candidate === value);
    return level === undefined ? [] : [`${level}:${part}` as const];
  });
  return identify ? ['identify', ...chosen] : chosen;
}
