import type { App, Section } from './app.ts';
import type { Card } from './card.ts';
import { element } from './element.ts';
import { exchangeCard } from './exchange-card.ts';
import { messageCard } from './message-card.ts';
import { snapshotsCard } from './snapshots-card.ts';
import { webhookCard } from './webhook-card.ts';

/** What PluralKit's bot can do, on a Discord that is made up. */
export function createBot(app: App): Section {
  const columns: readonly (readonly Card[])[] = [
    [messageCard(app)],
    [webhookCard(app), exchangeCard(app), snapshotsCard(app)],
  ];
  return {
    name: 'bot',
    title: 'Bot',
    update: async () => {
      await Promise.all(columns.flat().map((card) => card.update?.()));
    },
    content: element(
      'div',
      { class: 'columns' },
      ...columns.map((cards) => element('div', {}, ...cards.map(({ content }) => content))),
    ),
  };
}
