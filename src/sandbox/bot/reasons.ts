/** Why the bot does not proxy a message: each reason with a sentence. Everything else that lists them derives from here. */
export const reasons = {
  'no-system': 'The account has no system.',
  'not-a-person': 'The author is a bot or a webhook.',
  'not-in-guild': 'The message is not in a guild.',
  'not-a-text-channel': 'The channel is not a text channel.',
  'channel-blocked': 'The guild does not allow proxying in this channel.',
  'proxying-disabled': 'The system has switched proxying off in this guild.',
  'unsupported-type': 'The message is neither a normal message nor a reply.',
  'empty-message': 'The message has no text, attachment or poll.',
  sticker: 'The message has a sticker.',
  activity: 'The message is an invite to an activity.',
  'autoproxy-turned-off': 'The text begins with \\\\\\: autoproxy is off in this guild now.',
  'latch-cleared': 'The text begins with \\\\: the latched member is forgotten.',
  'no-match': 'No proxy tag matches, and autoproxy is off in this guild.',
  escaped: 'No proxy tag matches, and the text begins with a backslash, so that autoproxy ignores it.',
  'account-autoproxy-disabled': 'No proxy tag matches, and autoproxy is disabled for the account.',
  'no-autoproxy-member': 'No proxy tag matches, and autoproxy has no member in this guild.',
  'no-fronter': 'No proxy tag matches, and nobody fronts.',
  'latch-empty': 'No proxy tag matches, and no member is latched in this guild.',
  'latch-expired': 'No proxy tag matches, and the latch has timed out.',
  'member-autoproxy-disabled': 'No proxy tag matches, and autoproxy is disabled for the member.',
  'message-too-long': 'The text has more than 2,000 characters.',
  'tag-required': 'The guild demands a system tag, and the tag is off or not set.',
  'attachment-too-large': 'An attachment is larger than the guild allows.',
  'name-too-long': 'The name has more than 80 characters.',
} as const;

/** Why a message is not proxied. */
export type NotProxiedReason = keyof typeof reasons;

/** Reasons that the bot tells the user, unless the system's `proxy_error_message_enabled` is false. */
export const toldReasons: ReadonlySet<NotProxiedReason> = new Set([
  'message-too-long',
  'tag-required',
  'attachment-too-large',
  'name-too-long',
]);
