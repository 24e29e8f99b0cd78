import { expect, test } from 'vitest';
import { reasons } from '../../../src/sandbox/bot/reasons.ts';
import { autoproxy, file, fronts, inGuild, latchedAt, plain, type Situation, say } from './situations.ts';
import { account, channel, guild, uuidOf } from './support.ts';

interface Rule {
  readonly reason: keyof typeof reasons;
  /** Is proxied as Ann. */
  readonly passes: Situation;
  /** Is not proxied, for the reason. */
  readonly stops: Situation;
}

const rules: readonly Rule[] = [
  { reason: 'no-system', passes: {}, stops: { message: { account: '1' } } },
  {
    reason: 'not-a-person',
    passes: { message: { author: 'person' } },
    stops: { message: { author: 'bot' } },
  },
  { reason: 'not-a-person', passes: {}, stops: { message: { author: 'webhook' } } },
  { reason: 'not-in-guild', passes: {}, stops: { message: { guild: null } } },
  { reason: 'not-a-text-channel', passes: {}, stops: { message: { channel_type: 'other' } } },
  {
    reason: 'channel-blocked',
    passes: { before: ({ bot }) => bot.configureGuild(guild, { blocked_channels: ['5'] }) },
    stops: { before: ({ bot }) => bot.configureGuild(guild, { blocked_channels: [channel] }) },
  },
  {
    reason: 'proxying-disabled',
    passes: { system: { guilds: [{ guild_id: '5', proxying_enabled: false }] } },
    stops: { system: inGuild({ proxying_enabled: false }) },
  },
  { reason: 'unsupported-type', passes: { message: { reply: '5' } }, stops: { message: { type: 'other' } } },
  { reason: 'sticker', passes: { message: { sticker: false } }, stops: { message: { sticker: true } } },
  { reason: 'activity', passes: { message: { activity: false } }, stops: { message: { activity: true } } },
  {
    reason: 'empty-message',
    passes: { system: autoproxy('member', 'annann'), message: { content: '', poll: true } },
    stops: { system: autoproxy('member', 'annann'), message: { content: '' } },
  },
  {
    reason: 'autoproxy-turned-off',
    passes: { ann: { proxy_tags: [{ prefix: '\\\\', suffix: null }] }, message: { content: '\\\\hi' } },
    stops: { message: { content: '\\\\\\A:hi' } },
  },
  {
    reason: 'autoproxy-turned-off',
    passes: { system: autoproxy('member', 'annann'), message: { content: 'x\\\\\\' } },
    stops: { system: autoproxy('member', 'annann'), message: { content: '\\\u200b\\\u200b\\hi' } },
  },
  {
    reason: 'latch-cleared',
    passes: {
      system: autoproxy('member', 'benben'),
      ann: { proxy_tags: [{ prefix: '\\\\', suffix: null }] },
      message: { content: '\\\\hi' },
    },
    stops: { system: autoproxy('latch', 'annann'), message: { content: '\\\\A:hi' } },
  },
  { reason: 'no-match', passes: { message: { content: 'A:hi' } }, stops: { message: plain } },
  {
    reason: 'no-match',
    passes: { message: { content: 'A:', attachments: [file] } },
    stops: { message: { content: 'A:' } },
  },
  {
    reason: 'no-match',
    passes: { system: { settings: { case_sensitive_proxy_tags: false } }, message: { content: 'a:hi' } },
    stops: { message: { content: 'a:hi' } },
  },
  {
    reason: 'escaped',
    passes: { system: autoproxy('member', 'annann'), message: plain },
    stops: { system: autoproxy('member', 'annann'), message: { content: '\\hi' } },
  },
  {
    reason: 'account-autoproxy-disabled',
    passes: {
      system: { ...autoproxy('member', 'annann'), accounts_without_autoproxy: ['5'] },
      message: plain,
    },
    stops: {
      system: { ...autoproxy('member', 'annann'), accounts_without_autoproxy: [account] },
      message: plain,
    },
  },
  {
    reason: 'no-autoproxy-member',
    passes: { system: autoproxy('member', 'annann'), ann: { autoproxy_enabled: false }, message: plain },
    stops: { system: autoproxy('member'), message: plain },
  },
  {
    reason: 'no-fronter',
    passes: { system: { ...autoproxy('front'), ...fronts('annann', 'benben') }, message: plain },
    stops: { system: { ...autoproxy('front'), ...fronts() }, message: plain },
  },
  {
    reason: 'member-autoproxy-disabled',
    passes: { system: { ...autoproxy('front'), ...fronts('annann') }, message: plain },
    stops: {
      system: { ...autoproxy('front'), ...fronts('annann') },
      ann: { autoproxy_enabled: false },
      message: plain,
    },
  },
  {
    reason: 'member-autoproxy-disabled',
    passes: latchedAt('2026-01-02T03:00:00Z'),
    stops: { ...latchedAt('2026-01-02T03:00:00Z'), ann: { autoproxy_enabled: false } },
  },
  {
    reason: 'latch-empty',
    passes: latchedAt('2026-01-02T03:00:00Z'),
    stops: { system: autoproxy('latch'), message: plain },
  },
  {
    reason: 'latch-expired',
    passes: latchedAt('2026-01-01T21:04:06Z'),
    stops: latchedAt('2026-01-01T21:04:05Z'),
  },
  {
    reason: 'latch-expired',
    passes: latchedAt('2026-01-02T03:03:06Z', 60),
    stops: latchedAt('2026-01-02T03:03:05Z', 60),
  },
  {
    reason: 'latch-expired',
    passes: latchedAt('2020-01-02T03:03:06Z', 0),
    stops: latchedAt('2020-01-02T03:03:06Z', 1),
  },
  {
    reason: 'message-too-long',
    passes: { message: { content: `A:${'x'.repeat(2000)}` } },
    stops: { message: { content: `A:${'x'.repeat(2001)}` } },
  },
  {
    reason: 'message-too-long',
    passes: { ann: { keep_proxy: true }, message: { content: `A:${'x'.repeat(1998)}` } },
    stops: { ann: { keep_proxy: true }, message: { content: `A:${'x'.repeat(1999)}` } },
  },
  {
    reason: 'tag-required',
    passes: { system: { tag: '|A' }, before: ({ bot }) => bot.configureGuild(guild, { tag_required: true }) },
    stops: {
      system: { tag: '|A', ...inGuild({ tag_enabled: false }) },
      before: ({ bot }) => bot.configureGuild(guild, { tag_required: true }),
    },
  },
  {
    reason: 'attachment-too-large',
    passes: {
      message: { attachments: [file] },
      before: ({ bot }) => bot.configureGuild(guild, { attachment_limit: 10 }),
    },
    stops: {
      message: { attachments: [file] },
      before: ({ bot }) => bot.configureGuild(guild, { attachment_limit: 9 }),
    },
  },
  {
    reason: 'name-too-long',
    passes: { ann: { display_name: 'x'.repeat(80) } },
    stops: { ann: { display_name: 'x'.repeat(80) }, system: { tag: 'y' } },
  },
];

test.each(rules)('a message is not proxied for the reason $reason', ({ reason, passes, stops }) => {
  expect(say(passes).outcome).toMatchObject({ proxied: true, member: uuidOf.ann });
  const { outcome, sandbox } = say(stops);
  expect(outcome).toMatchObject({ proxied: false, reason, message: reasons[reason] });
  expect(sandbox.world().messages).toEqual([]);
});

test('every reason has a rule in the table', () => {
  expect(new Set(rules.map(({ reason }) => reason))).toEqual(new Set(Object.keys(reasons)));
  for (const reason of Object.keys(reasons)) expect(reason).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test('errors are shown to the user unless the settings say otherwise', () => {
  const message = { content: `A:${'x'.repeat(2001)}` };
  expect(say({ message }).outcome).toMatchObject({ told: true });
  const quiet = { settings: { proxy_error_message_enabled: false } };
  expect(say({ message, system: quiet }).outcome).toMatchObject({ told: false });
  expect(say({ message: plain }).outcome).toMatchObject({ told: false });
});
