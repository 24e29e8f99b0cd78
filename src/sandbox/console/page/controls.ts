import type { ConsoleOperation } from '../operations.ts';
import type { App, Section } from './app.ts';
import { clockCard } from './clock-card.ts';
import { columnsSection } from './columns-section.ts';
import { faultsCard } from './faults-card.ts';
import { keysCard } from './keys-card.ts';
import { limitsCard } from './limits-card.ts';
import { worldCard } from './world-card.ts';

/** The controls of the sandbox's behaviour. */
export function createControls(app: App, operations: readonly ConsoleOperation[]): Section {
  return columnsSection('controls', 'Controls', [
    [clockCard(app), faultsCard(app, operations)],
    [worldCard(app), keysCard(app), limitsCard(app)],
  ]);
}
