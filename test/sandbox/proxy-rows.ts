/**
 * For each operation, a row for each way in which it can end, in the sandbox's built-in world.
 */
import type { errorCodes, OperationId } from '../../generated/v2/operations.ts';

export type Outcome = keyof typeof errorCodes | '200' | '204';

/** A system of the built-in world, a key that opens no more of one than all see, a token that nobody has, or none. */
export type Caller = 'harbor' | 'veiled' | 'relays' | 'nooks' | 'key' | 'unknown' | 'nobody';

export type Values = Readonly<Record<string, unknown>>;
export type Row = readonly [
  outcome: Outcome,
  as: Caller,
  path: Values,
  sent?: { query?: Values; body?: unknown },
];

export const guild = '900000000000000001';
const otherGuild = '900000000000000009';
const unknown = { system: 'zzzzzz', member: 'zzzzzz', group: 'zzzzzz', switch: crypto.randomUUID() };
/** Of harbor: its latest switch, the one before, and another system's. */
const [latest, earlier, foreign] = ['13', '12', '21'].map(
  (end) => `5a4db0c5-0000-4000-8003-0000000000${end}`,
);
const nonsense = { privacy: { name_privacy: 'nonsense' } };
const long = 'x'.repeat(101);

export const harbor = { systemRef: 'harbor' };
const veiled = { systemRef: 'veiled' };
export const me = { systemRef: '@me' };
export const noSystem = { systemRef: unknown.system };
export const marina = { memberRef: 'marina' };
const signal = { memberRef: 'signal' };
export const noMember = { memberRef: unknown.member };
export const crew = { groupRef: 'crewww' };
const shift = { groupRef: 'shiftt' };
export const noGroup = { groupRef: unknown.group };

/** Who has no token, and whom there is not, are the same for all operations of a system. */
const systemRows = (more: Values = {}, body?: unknown): Row[] => [
  ['SystemNotFound', 'harbor', { ...noSystem, ...more }, { body }],
  ['Unauthorized', 'unknown', { ...me, ...more }, { body }],
];

const memberGroups = (notFound: Outcome): readonly Row[] => [
  ['204', 'harbor', marina, { body: ['littls'] }],
  ['Unauthorized', 'unknown', marina, { body: ['littls'] }],
  ['NotOwnMember', 'harbor', signal, { body: ['littls'] }],
  [notFound, 'harbor', marina, { body: ['shiftt'] }],
  ['MemberNotFound', 'harbor', noMember, { body: ['littls'] }],
  [notFound, 'harbor', marina, { body: [unknown.group] }],
];

const groupMembers: readonly Row[] = [
  ['204', 'harbor', crew, { body: ['pipppp'] }],
  ['Unauthorized', 'unknown', crew, { body: ['pipppp'] }],
  ['NotOwnGroup', 'harbor', shift, { body: ['pipppp'] }],
  ['GroupNotFound', 'harbor', noGroup, { body: ['pipppp'] }],
  ['MemberNotFoundByReference', 'harbor', crew, { body: [unknown.member] }],
];

const bulkPrivacy: readonly Row[] = [
  ['204', 'harbor', {}, { body: { visibility: 'private' } }],
  ['Unauthorized', 'unknown', {}, { body: { visibility: 'private' } }],
  ['ModelParseError', 'harbor', {}, { body: { visibility: 'nonsense' } }],
];

/** Rows of operations that have others than those that only read. */
export const rows: Readonly<Partial<Record<OperationId, readonly Row[]>>> = {
  getSystem: [['200', 'harbor', harbor], ['200', 'nobody', veiled], ...systemRows()],
  updateSystem: [
    ['200', 'harbor', me, { body: { tag: '⚓', color: 'AABBCC', privacy: { front_privacy: 'private' } } }],
    ['Forbidden', 'harbor', veiled, { body: { tag: 'x' } }],
    ['ModelParseError', 'harbor', me, { body: nonsense }],
    ...systemRows({}, { tag: 'x' }),
  ],
  getSystemSettings: [['200', 'harbor', me], ['200', 'nobody', harbor], ...systemRows()],
  updateSystemSettings: [
    ['200', 'harbor', me, { body: { timezone: 'Asia/Tokyo', latch_timeout: 60 } }],
    ['Forbidden', 'harbor', veiled, { body: { pings_enabled: true } }],
    ['ModelParseError', 'harbor', me, { body: { timezone: 'Asia/Nowhere' } }],
    ...systemRows({}, { pings_enabled: true }),
  ],
  getSystemGuildSettings: [
    ['200', 'harbor', { ...me, guild_id: guild }],
    ['Forbidden', 'harbor', { ...veiled, guild_id: guild }],
    ['BadRequest', 'harbor', { ...me, guild_id: 'none' }],
    ['SystemGuildSettingsNotFound', 'harbor', { ...me, guild_id: otherGuild }],
    ...systemRows({ guild_id: guild }),
  ],
  updateSystemGuildSettings: [
    ['200', 'harbor', { ...me, guild_id: guild }, { body: { proxying_enabled: false, tag: null } }],
    ['Forbidden', 'harbor', { ...veiled, guild_id: guild }, { body: { tag: 'x' } }],
    ['ModelParseError', 'harbor', { ...me, guild_id: guild }, { body: { tag: long } }],
    ['SystemGuildSettingsNotFound', 'harbor', { ...me, guild_id: otherGuild }, { body: { tag: 'x' } }],
    ...systemRows({ guild_id: guild }, { tag: 'x' }),
  ],
  getAutoproxySettings: [
    ['200', 'harbor', me, { query: { guild_id: guild } }],
    ['200', 'harbor', me, { query: { guild_id: otherGuild } }],
    ['BadRequest', 'harbor', me, { query: { guild_id: 'none' } }],
    ['Forbidden', 'harbor', veiled, { query: { guild_id: guild } }],
    ['SystemNotFound', 'harbor', noSystem, { query: { guild_id: guild } }],
    ['Unauthorized', 'unknown', me, { query: { guild_id: guild } }],
  ],
  updateAutoproxySettings: [
    ['200', 'harbor', me, { query: { guild_id: guild }, body: { autoproxy_mode: 'front' } }],
    [
      '200',
      'harbor',
      me,
      { query: { guild_id: guild }, body: { autoproxy_mode: 'member', autoproxy_member: 'cedric' } },
    ],
    ['ModelParseError', 'harbor', me, { query: { guild_id: guild }, body: { autoproxy_mode: 'nonsense' } }],
    ['Forbidden', 'harbor', veiled, { query: { guild_id: guild }, body: { autoproxy_mode: 'off' } }],
    ['SystemNotFound', 'harbor', noSystem, { query: { guild_id: guild }, body: { autoproxy_mode: 'off' } }],
    ['Unauthorized', 'unknown', me, { query: { guild_id: guild }, body: { autoproxy_mode: 'off' } }],
  ],
  listMembers: [
    ['200', 'harbor', me],
    ['200', 'nobody', harbor],
    ['MemberListPrivate', 'nobody', veiled],
    ...systemRows(),
  ],
  listGroups: [
    ['200', 'harbor', me, { query: { with_members: true } }],
    ['200', 'nobody', harbor, { query: { with_members: true } }],
    ['200', 'nobody', harbor],
    ['BadRequest', 'nobody', harbor, { query: { with_members: 'perhaps' } }],
    ['GroupListPrivate', 'nobody', veiled],
    ...systemRows(),
  ],
  listSwitches: [
    ['200', 'harbor', me],
    ['200', 'nobody', harbor, { query: { before: '2026-01-02T06:00:00.123457Z', limit: 2 } }],
    ['BadRequest', 'nobody', harbor, { query: { before: 'yesterday' } }],
    ['FrontHistoryPrivate', 'nobody', veiled],
    ...systemRows(),
  ],
  createSwitch: [
    ['200', 'harbor', me, { body: { members: ['cedric'] } }],
    ['200', 'harbor', me, { body: { members: [], timestamp: '2025-01-01T00:00:00.123456Z' } }],
    ['DuplicateSwitchMembers', 'harbor', me, { body: { members: ['cedric', 'cedric'] } }],
    ['SameSwitchMembers', 'harbor', me, { body: { members: ['marina', 'quillq'] } }],
    [
      'SameSwitchTimestamp',
      'harbor',
      me,
      { body: { members: ['cedric'], timestamp: '2026-01-02T06:00:00.123457Z' } },
    ],
    ['Forbidden', 'harbor', veiled, { body: { members: [] } }],
    ['MemberNotFoundByReference', 'harbor', me, { body: { members: [unknown.member] } }],
    ...systemRows({}, { members: [] }),
  ],
  getSwitch: [
    ['200', 'harbor', { ...me, switchRef: latest }],
    ['200', 'nobody', { ...harbor, switchRef: latest }],
    ['InvalidSwitchId', 'nobody', { ...harbor, switchRef: 'none' }],
    ['SwitchNotFound', 'nobody', { ...harbor, switchRef: unknown.switch }],
    ['SwitchNotVisible', 'nobody', { ...harbor, switchRef: foreign }],
    ...systemRows({ switchRef: latest }),
  ],
  updateSwitch: [
    ['200', 'harbor', { ...me, switchRef: latest }, { body: { timestamp: '2026-01-06T00:00:00.5Z' } }],
    ['ModelParseError', 'harbor', { ...me, switchRef: latest }, { body: {} }],
    [
      'SameSwitchTimestamp',
      'harbor',
      { ...me, switchRef: latest },
      { body: { timestamp: '2026-01-01T00:00:00Z' } },
    ],
    [
      'InvalidSwitchId',
      'harbor',
      { ...me, switchRef: 'none' },
      { body: { timestamp: '2026-01-06T00:00:00Z' } },
    ],
    [
      'SwitchNotFound',
      'harbor',
      { ...me, switchRef: unknown.switch },
      { body: { timestamp: '2026-01-06T00:00:00Z' } },
    ],
    [
      'SwitchNotVisible',
      'harbor',
      { ...me, switchRef: foreign },
      { body: { timestamp: '2026-01-06T00:00:00Z' } },
    ],
    [
      'Forbidden',
      'relays',
      { ...harbor, switchRef: latest },
      { body: { timestamp: '2026-01-06T00:00:00Z' } },
    ],
    ...systemRows({ switchRef: latest }, { timestamp: '2026-01-06T00:00:00Z' }),
  ],
  deleteSwitch: [
    ['204', 'harbor', { ...me, switchRef: latest }],
    ['InvalidSwitchId', 'harbor', { ...me, switchRef: 'none' }],
    ['SwitchNotFound', 'harbor', { ...me, switchRef: unknown.switch }],
    ['SwitchNotVisible', 'harbor', { ...me, switchRef: foreign }],
    ['Forbidden', 'relays', { ...harbor, switchRef: latest }],
    ...systemRows({ switchRef: latest }),
  ],
  updateSwitchMembers: [
    ['200', 'harbor', { ...me, switchRef: earlier }, { body: ['cedric', 'marina'] }],
    ['DuplicateSwitchMembers', 'harbor', { ...me, switchRef: earlier }, { body: ['cedric', 'cedric'] }],
    ['SameSwitchMembers', 'harbor', { ...me, switchRef: earlier }, { body: ['pipppp'] }],
    ['InvalidSwitchId', 'harbor', { ...me, switchRef: 'none' }, { body: ['cedric'] }],
    ['NotOwnMemberByReference', 'harbor', { ...me, switchRef: earlier }, { body: ['signal'] }],
    ['MemberNotFoundByReference', 'harbor', { ...me, switchRef: earlier }, { body: [unknown.member] }],
    ['SwitchNotFound', 'harbor', { ...me, switchRef: unknown.switch }, { body: ['cedric'] }],
    ['SwitchNotVisible', 'harbor', { ...me, switchRef: foreign }, { body: ['cedric'] }],
    ['Forbidden', 'relays', { ...harbor, switchRef: latest }, { body: ['signal'] }],
    ...systemRows({ switchRef: latest }, ['cedric']),
  ],
  getFronters: [
    ['200', 'harbor', me],
    ['200', 'nobody', harbor],
    ['204', 'nobody', { systemRef: 'nooks' }],
    ['FrontersPrivate', 'nobody', veiled],
    ...systemRows(),
  ],
  getSystemOEmbed: [['200', 'nobody', harbor], ['200', 'nobody', veiled], ...systemRows()],
  createMember: [
    ['200', 'harbor', {}, { body: { name: 'Ann', proxy_tags: [{ prefix: 'a:', suffix: null }] } }],
    ['ModelParseError', 'harbor', {}, { body: { name: long } }],
    ['MemberLimitReached', 'nooks', {}, { body: { name: 'Ann' } }],
    ['Unauthorized', 'unknown', {}, { body: { name: 'Ann' } }],
  ],
  getMember: [
    ['200', 'harbor', marina],
    ['200', 'nobody', { memberRef: 'quillq' }],
    ['MemberNotFound', 'nobody', noMember],
  ],
  updateMember: [
    ['200', 'harbor', marina, { body: { pronouns: 'they/them', birthday: '0004-02-29' } }],
    ['ModelParseError', 'harbor', marina, { body: { pronouns: long } }],
    ['Unauthorized', 'unknown', marina, { body: { pronouns: null } }],
    ['NotOwnMember', 'harbor', signal, { body: { pronouns: null } }],
    ['MemberNotFound', 'harbor', noMember, { body: { pronouns: null } }],
  ],
  deleteMember: [
    ['204', 'harbor', marina],
    ['Unauthorized', 'unknown', marina],
    ['NotOwnMember', 'harbor', signal],
    ['MemberNotFound', 'harbor', noMember],
  ],
  listMemberGroups: [
    ['200', 'harbor', marina],
    ['200', 'nobody', { memberRef: 'quillq' }],
    ['GroupListPrivate', 'nobody', { memberRef: 'rowann' }],
    ['MemberNotFound', 'nobody', noMember],
  ],
  addMemberGroups: memberGroups('GroupNotFound'),
  removeMemberGroups: memberGroups('GroupNotFoundByReference'),
  overwriteMemberGroups: memberGroups('GroupNotFoundByReference'),
  getMemberGuildSettings: [
    ['200', 'harbor', { ...marina, guild_id: guild }],
    ['BadRequest', 'harbor', { ...marina, guild_id: 'none' }],
    ['Unauthorized', 'unknown', { ...marina, guild_id: guild }],
    ['NotOwnMember', 'harbor', { ...signal, guild_id: guild }],
    ['MemberNotFound', 'harbor', { ...noMember, guild_id: guild }],
    ['MemberGuildSettingsNotFound', 'harbor', { ...marina, guild_id: otherGuild }],
  ],
  updateMemberGuildSettings: [
    [
      '200',
      'harbor',
      { ...marina, guild_id: guild },
      { body: { display_name: 'Captain', keep_proxy: true } },
    ],
    ['ModelParseError', 'harbor', { ...marina, guild_id: guild }, { body: { display_name: long } }],
    ['Unauthorized', 'unknown', { ...marina, guild_id: guild }, { body: { display_name: null } }],
    ['NotOwnMember', 'harbor', { ...signal, guild_id: guild }, { body: { display_name: null } }],
    ['MemberNotFound', 'harbor', { ...noMember, guild_id: guild }, { body: { display_name: null } }],
    [
      'MemberGuildSettingsNotFound',
      'harbor',
      { ...marina, guild_id: otherGuild },
      { body: { display_name: null } },
    ],
  ],
  createGroup: [
    ['200', 'harbor', {}, { body: { name: 'Deck', color: 'aabbcc' } }],
    ['ModelParseError', 'harbor', {}, { body: { name: long } }],
    ['GroupLimitReached', 'nooks', {}, { body: { name: 'Deck' } }],
    ['Unauthorized', 'unknown', {}, { body: { name: 'Deck' } }],
  ],
  getGroup: [
    ['200', 'harbor', crew],
    ['200', 'nobody', { groupRef: 'hidegr' }],
    ['GroupNotFound', 'nobody', noGroup],
  ],
  updateGroup: [
    ['200', 'harbor', crew, { body: { description: null, privacy: { list_privacy: 'private' } } }],
    ['ModelParseError', 'harbor', crew, { body: nonsense }],
    ['Unauthorized', 'unknown', crew, { body: { description: null } }],
    ['NotOwnGroup', 'harbor', shift, { body: { description: null } }],
    ['GroupNotFound', 'harbor', noGroup, { body: { description: null } }],
  ],
  deleteGroup: [
    ['204', 'harbor', crew],
    ['Unauthorized', 'unknown', crew],
    ['NotOwnGroup', 'harbor', shift],
    ['GroupNotFound', 'harbor', noGroup],
  ],
  listGroupMembers: [
    ['200', 'harbor', crew],
    ['200', 'nobody', { groupRef: 'littls' }],
    ['GroupMembersPrivate', 'nobody', { groupRef: 'beddds' }],
    ['GroupNotFound', 'nobody', noGroup],
  ],
  addGroupMembers: groupMembers,
  removeGroupMembers: groupMembers,
  overwriteGroupMembers: groupMembers,
  getMessage: [
    ['200', 'nobody', { message_id: '920000000000000001' }],
    ['200', 'harbor', { message_id: '920000000000000003' }],
    ['200', 'nobody', { message_id: '920000000000000007' }],
    ['BadRequest', 'nobody', { message_id: 'none' }],
    ['MessageNotFound', 'nobody', { message_id: '920000000000000099' }],
  ],
  updateMembersPrivacy: bulkPrivacy,
  updateGroupsPrivacy: bulkPrivacy,
};
