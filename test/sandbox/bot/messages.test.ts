import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { autoproxy, fronts, inGuild, plain, type Situation, say } from './situations.ts';
import { account, ask, channel, guild, openBot, uuidOf } from './support.ts';

describe('the posted message', () => {
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
  test.each(names)('is that of the rule: %s', (_, situation, name) => {
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
  ])('has the avatar of the member (%#)', (situation, avatar_url) => {
    expect(say(situation).outcome).toMatchObject({ avatar_url });
  });

  test.each([
    [{}, 'hi'],
    [{ ann: { keep_proxy: true } }, 'A:hi'],
    [{ ann: { keep_proxy: true, guilds: [{ guild_id: guild, keep_proxy: false }] } }, 'hi'],
    [{ ann: { keep_proxy: false, guilds: [{ guild_id: guild, keep_proxy: true }] } }, 'A:hi'],
    [{ ann: { keep_proxy: true }, system: autoproxy('member', 'annann'), message: plain }, 'A:hi'],
    [{ message: { content: '<@5> A:hi' } }, '<@5> hi'],
  ])('has the text of the message (%#)', (situation, content) => {
    expect(say(situation).outcome).toMatchObject({ content });
  });

  test('is read aloud where the member has tts', () => {
    expect(say({ ann: { tts: true } }).outcome).toMatchObject({ tts: true });
    expect(say({}).outcome).toMatchObject({ tts: false });
  });

  test('distinguishes members of one name, unless another account wrote between them', () => {
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

describe('a proxied message', () => {
  const types = ({ deliveries }: Sandbox) => deliveries().map(({ payload }) => payload.type);

  test('changes counts, adds a message and sends an event', async () => {
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

  test('is remembered by autoproxy in latch mode', () => {
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

  test('turns autoproxy off by three backslashes', () => {
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
  ] as const)(
    'registers a switch with proxy_switch %s where nobody fronts',
    (proxy_switch, members, events) => {
      const { sandbox } = say({ system: { settings: { proxy_switch } } });
      expect(sandbox.world().systems[0]?.switches.map((one) => one.members)).toEqual(members);
      expect(types(sandbox)).toEqual(events);
    },
  );

  test.each([
    ['new', 'benben', [['benben'], ['annann']], 'CREATE_SWITCH'],
    ['add', 'benben', [['benben', 'annann']], 'UPDATE_SWITCH'],
    ['new', 'annann', [['annann']], undefined],
    ['add', 'annann', [['annann']], undefined],
  ] as const)('follows proxy_switch %s where %s fronts', (proxy_switch, fronter, members, event) => {
    const { sandbox } = say({ system: { settings: { proxy_switch }, ...fronts(fronter) } });
    expect(sandbox.world().systems[0]?.switches.map((one) => one.members)).toEqual(members);
    expect(types(sandbox)[1]).toBe(event);
  });
});
