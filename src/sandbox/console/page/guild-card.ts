import { admin } from './admin.ts';
import type { App } from './app.ts';
import { type Card, card, labelled } from './card.ts';
import { element } from './element.ts';

/** Sets the requirements of a guild for messages. */
export function guildCard(app: App): Card {
  const guild = element('input', {
    type: 'text',
    inputmode: 'numeric',
    required: true,
    value: '900000000000000001',
  });
  const channels = element('input', { type: 'text', placeholder: '920000000000000001, …' });
  const limit = element('input', { type: 'number', min: '0', required: true, value: '10485760' });
  const tag = element('input', { type: 'checkbox' });
  const configure = () =>
    admin.configureGuild(guild.value, {
      blocked_channels: channels.value.split(/[\s,]+/).filter((channel) => channel !== ''),
      attachment_limit: limit.valueAsNumber,
      tag_required: tag.checked,
    });
  return {
    content: card(
      'Guild',
      element(
        'form',
        {
          'aria-label': 'Configure a guild',
          onsubmit: (event) => {
            event.preventDefault();
            app.run(configure, 'The guild is configured.');
          },
        },
        labelled('Id of the guild', guild),
        labelled('Channels without proxying', channels),
        labelled('Largest attachment, in bytes', limit),
        element('label', { class: 'check' }, tag, 'systems need a tag'),
        element('button', { type: 'submit' }, 'Configure'),
      ),
    ),
  };
}
