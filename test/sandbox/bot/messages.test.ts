import { describe, expect, test } from 'vitest';
import type { BotMessage } from '../../../src/sandbox/bot/message.ts';
import { reasons } from '../../../src/sandbox/bot/reasons.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { account, ask, type Changes, channel, guild, openBot, uuidOf } from './support.ts';

interface Situation extends Changes {
  readonly message?: Partial<BotMessage>;
  readonly before?: (sandbox: Sandbox) => void;
}

interface Rule {
  readonly reason: keyof typeof reasons;
  /** Is proxied as Ann. */
  readonly passes: Situation;
  /** Is not proxied, for the reason. */
  readonly stops: Situation;
}

const file = { filename: 'a.png', size: 10 };
const autoproxy = (mode: 'front' | 'latch' | 'member', member: string | null = null, last?: string) => ({
  autoproxy: [
    { guild_id: guild, autoproxy_mode: mode, autoproxy_member: member, last_latch_timestamp: last ?? null },
  ],
});
const plain = { content: 'hi' };
const latchedAt = (timestamp: string, latch_timeout: number | null = null) => ({
  system: { ...autoproxy('latch', 'annann', timestamp), settings: { latch_timeout } },
  message: plain,
});
const fronts = (...members: string[]) => ({
  switches: [{ id: '00000000-0000-4000-8000-000000000099', timestamp: '2025-01-01T00:00:00Z', members }],
});
const inGuild = (settings: object) => ({ guilds: [{ guild_id: guild, ...settings }] });

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

function say(situation: Situation) {
  const sandbox = openBot(situation);
  situation.before?.(sandbox);
  const outcome = sandbox.bot.sendMessage({ account, guild, channel, content: 'A:hi', ...situation.message });
  return { sandbox, outcome };
}

test.each(rules)('$reason', ({ reason, passes, stops }) => {
  expect(say(passes).outcome).toMatchObject({ proxied: true, member: uuidOf.ann });
  const { outcome, sandbox } = say(stops);
  expect(outcome).toMatchObject({ proxied: false, reason, message: reasons[reason] });
  expect(sandbox.world().messages).toEqual([]);
});

test('every reason has a rule in the table', () => {
  expect(new Set(rules.map(({ reason }) => reason))).toEqual(new Set(Object.keys(reasons)));
  for (const reason of Object.keys(reasons)) expect(reason).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test('error responses are told to the user unless the settings say otherwise', () => {
  const message = { content: `A:${'x'.repeat(2001)}` };
  expect(say({ message }).outcome).toMatchObject({ told: true });
  const quiet = { settings: { proxy_error_message_enabled: false } };
  expect(say({ message, system: quiet }).outcome).toMatchObject({ told: false });
  expect(say({ message: plain }).outcome).toMatchObject({ told: false });
});

describe('what is posted', () => {
  const names: readonly [string, Situation, string][] = [
    ['name', {}, 'Ann'],
    ['display name', { ann: { display_name: 'Annie' } }, 'Annie'],
    [
      'name in the guild',
      { ann: { display_name: 'Annie', guilds: [{ guild_id: guild, display_name: 'Here' }] } },
      'Here',
    ],
    ['tag', { system: { tag: '|A' } }, 'Ann |A'],
    ['tag of the guild', { system: { tag: '|A', ...inGuild({ tag: '|G' }) } }, 'Ann |G'],
    ['tag that is off', { system: { tag: '|A', ...inGuild({ tag_enabled: false }) } }, 'Ann'],
    ['format', { system: { tag: '|A', settings: { name_format: '{tag} {name}{name}' } } }, '|A AnnAnn'],
    [
      'format of the guild',
      { system: { settings: { name_format: 'x' }, ...inGuild({ name_format: ' <{name}> ' }) } },
      '<Ann>',
    ],
    ['a name that looks like a format', { ann: { name: '{tag}' }, system: { tag: 'T' } }, '{tag} T'],
  ];
  test.each(names)('%s', (_, situation, name) => {
    expect(say(situation).outcome).toMatchObject({ name });
  });

  const system = { avatar_url: 'https://x.org/system' };
  const systemHere = { ...system, ...inGuild({ avatar_url: 'https://x.org/system-here' }) };
  const member = { avatar_url: 'https://x.org/member' };
  const webhook = { ...member, webhook_avatar_url: 'https://x.org/webhook' };
  const here = { ...webhook, guilds: [{ guild_id: guild, avatar_url: 'https://x.org/here' }] };
  test.each([
    [{}, null],
    [{ system }, 'https://x.org/system'],
    [{ system: systemHere }, 'https://x.org/system-here'],
    [{ system: systemHere, ann: member }, 'https://x.org/member'],
    [{ system: systemHere, ann: webhook }, 'https://x.org/webhook'],
    [{ system: systemHere, ann: here }, 'https://x.org/here'],
  ])('avatar %#', (situation, avatar_url) => {
    expect(say(situation).outcome).toMatchObject({ avatar_url });
  });

  test.each([
    [{}, 'hi'],
    [{ ann: { keep_proxy: true } }, 'A:hi'],
    [{ ann: { keep_proxy: true, guilds: [{ guild_id: guild, keep_proxy: false }] } }, 'hi'],
    [{ ann: { keep_proxy: false, guilds: [{ guild_id: guild, keep_proxy: true }] } }, 'A:hi'],
    [{ ann: { keep_proxy: true }, system: autoproxy('member', 'annann'), message: plain }, 'A:hi'],
    [{ message: { content: '<@5> A:hi' } }, '<@5> hi'],
  ])('text %#', (situation, content) => {
    expect(say(situation).outcome).toMatchObject({ content });
  });

  test('tts', () => {
    expect(say({ ann: { tts: true } }).outcome).toMatchObject({ tts: true });
    expect(say({}).outcome).toMatchObject({ tts: false });
  });

  test('members of one name are told apart, unless another account wrote between them', () => {
    const { bot } = openBot({ ben: { name: 'Ann' } });
    const write = (content: string, where = channel) =>
      bot.sendMessage({ account, guild, channel: where, content });
    expect(write('A:1')).toMatchObject({ name: 'Ann' });
    expect(write('A:2')).toMatchObject({ name: 'Ann' });
    expect(write('B:3', '5')).toMatchObject({ name: 'Ann' });
    expect(write('B:4')).toMatchObject({ name: 'Ann\u200a\u17b5' });
    write('A:5');
    write('nobody');
    expect(write('B:6')).toMatchObject({ name: 'Ann' });
  });
});

describe('what follows', () => {
  const types = ({ deliveries }: Sandbox) => deliveries().map(({ payload }) => payload.type);

  test('counts, message and event', async () => {
    const { sandbox, outcome } = say({});
    expect(sandbox.world().systems[0]?.members[0]).toMatchObject({
      message_count: 1,
      last_message_timestamp: '2026-01-02T03:04:05.678Z',
    });
    if (!outcome.proxied) throw new Error(outcome.reason);
    const { id, original } = outcome;
    const found = await ask(sandbox, 'GET', `/v2/messages/${id}`);
    expect(found.body).toMatchObject({
      id,
      original,
      sender: account,
      guild,
      channel,
      timestamp: '2026-01-02T03:04:05Z',
    });
    expect(sandbox.deliveries()).toMatchObject([
      { payload: { type: 'CREATE_MESSAGE', id: null, data: found.body } },
    ]);
  });

  test('latch: remembers who was proxied', () => {
    const { sandbox, outcome } = say({ system: autoproxy('latch') });
    expect(outcome.proxied).toBe(true);
    const last_latch_timestamp = '2026-01-02T03:04:05.678Z';
    expect(sandbox.deliveries()[1]?.payload).toMatchObject({
      type: 'UPDATE_AUTOPROXY',
      data: { guild_id: guild, channel_id: null, autoproxy_member: uuidOf.ann, last_latch_timestamp },
    });
    expect(sandbox.bot.sendMessage({ account, guild, channel, content: 'more' })).toMatchObject({
      member: uuidOf.ann,
    });
    expect(sandbox.bot.sendMessage({ account, guild, channel, content: '\\\\clear' }).proxied).toBe(false);
    expect(sandbox.world().systems[0]?.autoproxy[0]).toMatchObject({
      autoproxy_mode: 'latch',
      autoproxy_member: null,
    });
  });

  test('three backslashes turn autoproxy off', () => {
    const { sandbox } = say({ system: autoproxy('latch'), message: { content: '\\\\\\' } });
    expect(sandbox.world().systems[0]?.autoproxy[0]).toMatchObject({
      autoproxy_mode: 'off',
      autoproxy_member: null,
    });
    expect(types(sandbox)).toEqual(['UPDATE_AUTOPROXY']);
  });

  test.each([
    ['off', [], ['CREATE_MESSAGE']],
    ['new', [['annann']], ['CREATE_MESSAGE', 'CREATE_SWITCH']],
    ['add', [['annann']], ['CREATE_MESSAGE', 'CREATE_SWITCH']],
  ] as const)('proxy_switch %s where nobody fronts', (proxy_switch, members, events) => {
    const { sandbox } = say({ system: { settings: { proxy_switch } } });
    expect(sandbox.world().systems[0]?.switches.map((one) => one.members)).toEqual(members);
    expect(types(sandbox)).toEqual(events);
  });

  test.each([
    ['new', 'benben', [['benben'], ['annann']], 'CREATE_SWITCH'],
    ['add', 'benben', [['benben', 'annann']], 'UPDATE_SWITCH'],
    ['new', 'annann', [['annann']], undefined],
    ['add', 'annann', [['annann']], undefined],
  ] as const)('proxy_switch %s where %s fronts', (proxy_switch, fronter, members, event) => {
    const { sandbox } = say({ system: { settings: { proxy_switch }, ...fronts(fronter) } });
    expect(sandbox.world().systems[0]?.switches.map((one) => one.members)).toEqual(members);
    expect(types(sandbox)[1]).toBe(event);
  });
});

describe('lookup, deletion, edits', () => {
  const status = async (sandbox: Sandbox, id: string) =>
    (await ask(sandbox, 'GET', `/v2/messages/${id}`)).status;
  const proxied = (situation: Situation = {}) => {
    const { sandbox, outcome } = say(situation);
    if (!outcome.proxied) throw new Error(outcome.reason);
    return { sandbox, ...outcome };
  };

  test('the original finds it for 30 minutes', async () => {
    const { sandbox, id, original } = proxied();
    sandbox.clock.advance(30 * 60_000 - 1);
    expect(await status(sandbox, original)).toBe(200);
    sandbox.clock.advance(1);
    expect([await status(sandbox, original), await status(sandbox, id)]).toEqual([404, 200]);
  });

  test('a deleted message is not found by its original after 30 minutes', async () => {
    const { sandbox, id, original } = proxied();
    sandbox.clock.advance(30 * 60_000);
    sandbox.bot.deleteMessage(id);
    expect([await status(sandbox, original), await status(sandbox, id)]).toEqual([404, 200]);
  });

  test('a deleted message is found for 15 seconds', async () => {
    const { sandbox, id, original } = proxied();
    expect((await ask(sandbox, 'DELETE', `/_sandbox/bot/messages/${id}`)).status).toBe(204);
    expect((await ask(sandbox, 'DELETE', `/_sandbox/bot/messages/${id}`)).status).toBe(404);
    sandbox.clock.advance(14_999);
    expect([await status(sandbox, id), await status(sandbox, original)]).toEqual([200, 200]);
    sandbox.clock.advance(1);
    expect([await status(sandbox, id), await status(sandbox, original)]).toEqual([404, 404]);
    expect(sandbox.world().messages).toEqual([]);
  });

  test('an original that is gone within a second takes the message with it', () => {
    const early = proxied();
    early.sandbox.clock.advance(999);
    expect(early.sandbox.bot.deleteMessage(early.original)).toBe(true);
    const late = proxied();
    late.sandbox.clock.advance(1000);
    expect(late.sandbox.bot.deleteMessage(late.original)).toBe(false);
  });

  test('a command that edits a message finds it for 30 minutes', async () => {
    const { sandbox, id } = proxied();
    sandbox.clock.advance(3_600_000);
    const edited = sandbox.bot.editMessage(id, { content: 'better' });
    if (edited === undefined) throw new Error('There is no message');
    sandbox.clock.advance(30 * 60_000 - 1);
    expect(await status(sandbox, edited.command)).toBe(200);
    sandbox.clock.advance(1);
    expect(await status(sandbox, edited.command)).toBe(404);
    expect(sandbox.bot.reproxyMessage(id, { member: 'benben' })).toMatchObject({ content: 'better' });
  });

  test('reproxy posts the text as another member, without the tags of the old', async () => {
    const { sandbox, id, original } = proxied({ ann: { keep_proxy: true }, ben: { keep_proxy: true } });
    const again = sandbox.bot.reproxyMessage(id, { member: 'benben' });
    expect(again).toMatchObject({ proxied: true, original, member: uuidOf.ben, content: 'B:hi' });
    expect((await ask(sandbox, 'GET', `/v2/messages/${original}`)).body).toMatchObject({
      member: { id: 'benben' },
    });
    expect(sandbox.world().messages.map(({ member }) => member)).toEqual(['benben']);
    expect(await status(sandbox, id)).toBe(200);
    sandbox.clock.advance(15_000);
    expect(await status(sandbox, id)).toBe(404);
    expect(() =>
      sandbox.bot.reproxyMessage(sandbox.world().messages[0]?.id ?? '', { member: 'nobody' }),
    ).toThrow(/names no member/);
    expect(sandbox.bot.reproxyMessage('5', { member: 'benben' })).toBeUndefined();
  });

  test('ids of one millisecond differ', () => {
    const { sandbox, id, original } = proxied();
    const more = Array.from({ length: 50 }, () =>
      sandbox.bot.sendMessage({ account, guild, channel, content: 'A:hi' }),
    );
    const ids = more.flatMap((one) => (one.proxied ? [one.id, one.original] : []));
    expect(new Set([id, original, ...ids]).size).toBe(102);
  });
});
