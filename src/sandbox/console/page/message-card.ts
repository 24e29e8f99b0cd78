import type { ProxyOutcome } from '../../bot/message.ts';
import type { Delivery } from '../../dispatch/dispatch.ts';
import { admin } from './admin.ts';
import type { App } from './app.ts';
import { type Card, card, labelled } from './card.ts';
import { element } from './element.ts';
import { bodyView } from './json-view.ts';
import { messageActions } from './message-actions.ts';
import { accountSelect } from './world-select.ts';

/** Writes messages in a simulated channel, and shows the results and events. */
export function messageCard(app: App): Card {
  const account = accountSelect(app);
  const guild = element('input', { type: 'text', inputmode: 'numeric', value: '900000000000000001' });
  const channel = element('input', {
    type: 'text',
    inputmode: 'numeric',
    value: '920000000000000001',
    required: true,
  });
  const content = element('textarea', { rows: 2, autocomplete: 'off' });
  const file = element('input', { type: 'checkbox' });
  const size = element('input', { type: 'number', min: '0', required: true, value: '1024' });
  const outcome = element('div', { hidden: true });

  /** Shows a message after a command, and the events of it. */
  const show = async (command: () => Promise<ProxyOutcome>) => {
    const before = (await admin.deliveries()).length;
    const result = await command();
    const events = (await admin.deliveries()).slice(before);
    await app.updateWorld();
    outcome.hidden = false;
    outcome.replaceChildren(...(await outcomeView(app, result, events, show)));
  };
  const write = () =>
    show(() =>
      admin.sendMessage({
        account: account.value,
        guild: guild.value === '' ? null : guild.value,
        channel: channel.value,
        content: content.value,
        attachments: file.checked ? [{ filename: 'file.png', size: size.valueAsNumber }] : [],
      }),
    );
  return {
    content: card(
      'Write a message',
      element(
        'p',
        { class: 'muted' },
        'The bot proxies it, or tells why it does not. Guild and channel are any Discord ids. Without a guild, it is a direct message.',
      ),
      element(
        'form',
        {
          'aria-label': 'Write a message',
          onsubmit: (event) => {
            event.preventDefault();
            app.run(write, 'The message is sent.');
          },
        },
        element(
          'div',
          { class: 'grid' },
          labelled('Account', account),
          labelled('Guild', guild),
          labelled('Channel', channel),
        ),
        labelled('Text', content, { wide: true }),
        element('label', { class: 'check' }, file, 'with an attachment'),
        labelled('Its size, in bytes', size),
        element('button', { type: 'submit' }, 'Send the message'),
      ),
      outcome,
    ),
  };
}

async function outcomeView(
  app: App,
  result: ProxyOutcome,
  events: readonly Delivery[],
  show: (command: () => Promise<ProxyOutcome>) => Promise<void>,
): Promise<readonly Node[]> {
  const eventViews = [
    element('h4', {}, 'Events that followed'),
    ...(events.length === 0 ? [element('p', { class: 'muted' }, 'None.')] : []),
    ...events.map(({ payload }) => bodyView(JSON.stringify(payload), `Event ${payload.type}`)),
  ];
  if (!result.proxied) {
    const reason = element('code', {}, result.reason);
    return [element('p', {}, 'Not proxied: ', reason, ` ${result.message}`), ...eventViews];
  }
  return [
    element('p', {}, 'Proxied as ', element('strong', {}, result.name), `: ${result.content}`),
    bodyView(JSON.stringify(result), 'What the bot posted'),
    ...(await messageActions(app, result, show)),
    ...eventViews,
  ];
}
