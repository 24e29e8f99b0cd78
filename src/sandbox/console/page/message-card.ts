import type { ProxyOutcome } from '../../bot/message.ts';
import type { Delivery } from '../../dispatch/dispatch.ts';
import { admin, UnreachableError } from './admin.ts';
import type { App } from './app.ts';
import { actionButton, type Card, card, labelled } from './card.ts';
import { element } from './element.ts';
import { bodyView } from './json-view.ts';
import { accountSelect } from './world-select.ts';

/** Writes messages in a channel that is made up, and shows what the bot makes of them and what follows. */
export function messageCard(app: App): Card {
  const account = accountSelect(app);
  const guild = element('input', { type: 'text', inputmode: 'numeric', value: '900000000000000001' });
  const channel = element('input', {
    type: 'text',
    inputmode: 'numeric',
    value: '920000000000000001',
    required: true,
  });
  const content = element('input', { type: 'text', autocomplete: 'off' });
  const file = element('input', { type: 'checkbox' });
  const outcome = element('div', { hidden: true });

  const write = async () => {
    const before = (await admin.deliveries()).length;
    const result = await admin.sendMessage({
      account: account.value,
      guild: guild.value === '' ? null : guild.value,
      channel: channel.value,
      content: content.value,
      attachments: file.checked ? [{ filename: 'file.png', size: 1024 }] : [],
    });
    const events = (await admin.deliveries()).slice(before);
    outcome.hidden = false;
    outcome.replaceChildren(...(await outcomeView(app, result, events)));
    await app.updateWorld();
  };
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
  const response = element('div', {});
  const lookUp = async () => {
    response.replaceChildren(bodyView(await lookUpMessage(result.id), 'Response of GET /messages'));
  };
  const deleteIt = async () => {
    await admin.deleteMessage(result.id);
    await lookUp();
  };
  await lookUp();
  return [
    element('p', {}, 'Proxied as ', element('strong', {}, result.name), `: ${result.content}`),
    bodyView(JSON.stringify(result), 'What the bot posted'),
    element('h4', {}, `GET /v2/messages/${result.id}`),
    response,
    element(
      'div',
      { class: 'actions' },
      actionButton('Look it up again', () => app.run(lookUp)),
      actionButton('Delete the message', () =>
        app.run(deleteIt, 'The message is deleted. The API finds it for 15 seconds more.'),
      ),
    ),
    ...eventViews,
  ];
}

/** The body of the response, whatever its status. */
async function lookUpMessage(id: string): Promise<string> {
  try {
    return await (await fetch(`/v2/messages/${id}`, { cache: 'no-store' })).text();
  } catch {
    throw new UnreachableError('The sandbox does not respond. Is it still running?');
  }
}
