import type { App, Section } from './app.ts';
import { columnsSection } from './columns-section.ts';
import { commandsCard } from './commands-card.ts';
import { exchangeCard } from './exchange-card.ts';
import { guildCard } from './guild-card.ts';
import { messageCard } from './message-card.ts';
import { snapshotsCard } from './snapshots-card.ts';
import { webhookCard } from './webhook-card.ts';

/** The commands of PluralKit's bot, on a simulated Discord. */
export function createBot(app: App): Section {
  return columnsSection('bot', 'Bot', [
    [messageCard(app), guildCard(app)],
    [webhookCard(app), commandsCard(app), exchangeCard(app), snapshotsCard(app)],
  ]);
}
