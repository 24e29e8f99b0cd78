import type { ProxiedMessage, ProxyOutcome } from '../../bot/message.ts';
import { admin, UnreachableError } from './admin.ts';
import type { App } from './app.ts';
import { actionButton, labelled } from './card.ts';
import { element } from './element.ts';
import { bodyView } from './json-view.ts';
import { nameOf } from './references.ts';

/**
 * The actions on a proxied message, and the API's response for it.
 *
 * @param show - shows what a command has posted in its place
 */
export async function messageActions(
  app: App,
  { id, member, sender, content }: ProxiedMessage,
  show: (command: () => Promise<ProxyOutcome>) => Promise<void>,
): Promise<readonly Node[]> {
  const response = element('div', {});
  const lookUp = async () => {
    response.replaceChildren(bodyView(await lookUpMessage(id), 'Response of GET /messages'));
  };
  const thenLookUp = (command: () => Promise<unknown>) => async () => {
    await command();
    await lookUp();
  };
  const text = element('input', { type: 'text', value: content, autocomplete: 'off' });
  const members = app.world.systems.find(({ accounts }) => accounts.includes(sender))?.members ?? [];
  const other = element(
    'select',
    {},
    ...members
      .filter(({ uuid }) => uuid !== member)
      .map((one) => element('option', { value: one.id }, `${nameOf(one)} (${one.id})`)),
  );
  await lookUp();
  return [
    element('h4', {}, `GET /v2/messages/${id}`),
    response,
    labelled('New text', text, { wide: true }),
    labelled('Another member', other),
    element(
      'div',
      { class: 'actions' },
      actionButton('Look it up again', () => app.run(lookUp)),
      actionButton('Edit the message', () =>
        app.run(
          thenLookUp(() => admin.editMessage(id, text.value)),
          'The message is edited.',
        ),
      ),
      actionButton('Reproxy the message', () =>
        app.run(() => show(() => admin.reproxyMessage(id, other.value)), 'The message is posted anew.'),
      ),
      actionButton('Delete the message', () =>
        app.run(
          thenLookUp(() => admin.deleteMessage(id)),
          'The message is deleted. The API finds it for 15 seconds more.',
        ),
      ),
    ),
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
