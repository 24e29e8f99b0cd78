import type { Section } from './app.ts';
import type { Card } from './card.ts';
import { element } from './element.ts';

/** A section that holds cards in columns, each of which is updated with it. */
export function columnsSection(
  name: Section['name'],
  title: string,
  columns: readonly (readonly Card[])[],
): Section {
  return {
    name,
    title,
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
