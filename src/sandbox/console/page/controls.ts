import type { ConsoleOperation } from '../operations.ts';
import type { App, Section } from './app.ts';
import type { Card } from './card.ts';
import { clockCard } from './clock-card.ts';
import { element } from './element.ts';
import { faultsCard } from './faults-card.ts';
import { keysCard } from './keys-card.ts';
import { limitsCard } from './limits-card.ts';
import { worldCard } from './world-card.ts';

/** What changes how the sandbox behaves. */
export function createControls(app: App, operations: readonly ConsoleOperation[]): Section {
  const columns: readonly (readonly Card[])[] = [
    [clockCard(app), faultsCard(app, operations)],
    [worldCard(app), keysCard(app), limitsCard(app)],
  ];
  return {
    name: 'controls',
    title: 'Controls',
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
