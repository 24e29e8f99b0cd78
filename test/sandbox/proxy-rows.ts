import { systemOperationRows } from './proxy-system-rows.ts';
import {
  crew,
  guild,
  long,
  marina,
  noGroup,
  noMember,
  nonsense,
  type Outcome,
  otherGuild,
  type Row,
  type Rows,
  shift,
  signal,
  unknown,
} from './proxy-values.ts';

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

/** For each operation, a row for each way in which it can end, in the sandbox's built-in world. */
export const rows: Rows = {
  ...systemOperationRows,
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
