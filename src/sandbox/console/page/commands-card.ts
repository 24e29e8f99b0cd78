import { admin } from './admin.ts';
import type { App } from './app.ts';
import { actionButton, type Card, card, labelled } from './card.ts';
import { element } from './element.ts';
import { systemSelect } from './world-select.ts';

/** Commands of the bot that need no message: accounts, switches and tokens of a system. */
export function commandsCard(app: App): Card {
  const system = systemSelect(app);
  const account = element('input', { type: 'text', inputmode: 'numeric', placeholder: '466378653216014359' });
  const token = element('p', { class: 'created', hidden: true });
  const run = (command: () => Promise<unknown>, done: string) => {
    app.run(async () => {
      await command();
      await app.updateWorld();
    }, done);
  };
  const refreshToken = async () => {
    const { token: fresh } = await admin.refreshToken(system.value);
    token.hidden = false;
    token.replaceChildren('The new token: ', element('code', { class: 'break' }, fresh));
  };
  const setAutoproxy = (allow_autoproxy: boolean) => () =>
    run(
      () => admin.updateAccount(account.value, { allow_autoproxy }),
      `Messages of the account are ${allow_autoproxy ? '' : 'not '}autoproxied.`,
    );
  return {
    content: card(
      'Commands',
      labelled('System', system),
      element(
        'div',
        { class: 'actions' },
        actionButton('Delete all switches', () =>
          run(() => admin.deleteSwitches(system.value), 'All switches of the system are deleted.'),
        ),
        actionButton('Refresh the token', () => run(refreshToken, 'The system has a new token.')),
      ),
      token,
      labelled('Discord account', account, { wide: true }),
      element(
        'div',
        { class: 'actions' },
        actionButton('Link', () =>
          run(
            () => admin.linkAccount({ account: account.value, system: system.value }),
            'The account is linked to the system.',
          ),
        ),
        actionButton('Unlink', () =>
          run(() => admin.unlinkAccount(account.value), 'The account is unlinked.'),
        ),
        actionButton('Turn autoproxy off', setAutoproxy(false)),
        actionButton('Turn autoproxy on', setAutoproxy(true)),
      ),
    ),
  };
}
