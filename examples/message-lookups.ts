import { PluralKit } from 'pluralkit-openapi';
import { createCache } from 'pluralkit-openapi/cache';

let requests = 0;
const pk = new PluralKit({
  userAgent: 'my-reaction-bot/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL, // if omitted, the real server
  // In memory, and bounded. Use a Keyv with a store in Redis to share it among processes.
  cache: createCache({ max: 5_000 }),
  // A message is stored a moment after it was posted, so keep “not found” only briefly.
  cacheTtl: { found: 300_000, missing: 5_000 },
  onRequest: () => requests++,
});

interface Reaction {
  readonly messageId: string;
  readonly emoji: string;
}

/** Tells whose message was reacted to. Most messages of a channel are not proxied, and that is no error. */
async function onReaction({ messageId, emoji }: Reaction): Promise<string> {
  const message = await pk.messages.find(messageId, { totalTimeout: 10_000 });
  if (message === null) return `${emoji} to a message that is not proxied`;
  // `member` and `system` are null if they have been deleted.
  const name = message.member?.display_name ?? message.member?.name ?? 'someone';
  return `${emoji} to ${name} of ${message.system?.name ?? 'an unnamed system'}`;
}

// In place of the events of a Discord library: several people react to the same message at once.
const reactions: readonly Reaction[] = [
  { messageId: '920000000000000001', emoji: '👍' },
  { messageId: '920000000000000001', emoji: '💛' },
  { messageId: '111111111111111111', emoji: '👀' },
  { messageId: '111111111111111111', emoji: '🎉' },
];
for (const text of await Promise.all(reactions.map(onReaction))) console.log(text);
for (const reaction of reactions) await onReaction(reaction);
console.log(`${2 * reactions.length} reactions, ${requests} requests`);
