import { admin } from './admin.ts';
import type { App } from './app.ts';
import { type Card, card, labelled } from './card.ts';
import { element } from './element.ts';
import { systemSelect } from './world-select.ts';

/** Registers webhooks as the bot does. */
export function webhookCard(app: App): Card {
  const system = systemSelect(app);
  const url = element('input', { type: 'url', required: true, placeholder: 'http://127.0.0.1:8080/hook' });
  const registered = element('div', { class: 'created', hidden: true });
  const register = async () => {
    const { signing_token: token } = await admin.registerWebhook({ system: system.value, url: url.value });
    registered.hidden = false;
    registered.replaceChildren(
      element('p', {}, 'The signing token of its events:'),
      element('code', { class: 'break' }, token ?? ''),
    );
    await app.updateWorld();
  };
  return {
    content: card(
      'Webhook',
      element(
        'p',
        { class: 'muted' },
        'The receiver must respond 200 to a PING with the right token, and 401 to one with a wrong token. The sandbox must run with --deliver.',
      ),
      registered,
      element(
        'form',
        {
          class: 'row',
          'aria-label': 'Register a webhook',
          onsubmit: (event) => {
            event.preventDefault();
            app.run(register, 'The webhook is registered.');
          },
        },
        labelled('Webhook of', system),
        labelled('URL', url, { wide: true }),
        element('button', { type: 'submit' }, 'Register'),
      ),
    ),
  };
}
