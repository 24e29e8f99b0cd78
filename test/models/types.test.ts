import { expectTypeOf, test } from 'vitest';
import { operations } from '../../generated/v2/operations.ts';
import type {
  Group,
  GroupCreate,
  Member,
  MemberPatch,
  MessageMember,
  OwnMember,
  OwnSystem,
  ProxyTag,
  System,
  SystemPatch,
} from '../../generated/v2/schema.ts';
import {
  type ApiKeyNeed,
  allPrivate,
  allPublic,
  isVisible,
  matchProxy,
  type ProxyMatch,
} from '../../src/models/index.ts';

test('privacy for all keys may be sent as the document takes it', () => {
  expectTypeOf({ privacy: allPrivate('member') }).toExtend<MemberPatch>();
  expectTypeOf({ privacy: allPublic('system') }).toExtend<SystemPatch>();
  expectTypeOf({ name: 'Friends', privacy: allPrivate('group') }).toExtend<GroupCreate>();
});

test('visibility is asked of the models of the document, by their fields and keys', () => {
  const ask = (
    own: OwnMember,
    member: Member,
    ofMessage: MessageMember,
    system: System,
    mine: OwnSystem,
    group: Group,
  ) => {
    isVisible(own, 'birthday');
    isVisible(member, 'visibility');
    isVisible(ofMessage, 'proxy_tags');
    isVisible(system, 'front_privacy');
    isVisible(mine, 'webhook_url');
    isVisible(group, 'list_privacy');
    // @ts-expect-error: groups have no pronouns
    isVisible(group, 'pronouns');
    // @ts-expect-error: systems have no list_privacy
    isVisible(system, 'list_privacy');
  };
  expectTypeOf(ask).returns.toBeVoid();
});

test('a proxy match gives back the very member and tag', () => {
  const find = (members: Member[], own: OwnMember) => {
    expectTypeOf(matchProxy('text', members)).toEqualTypeOf<ProxyMatch<Member> | null>();
    expectTypeOf(matchProxy('text', own)?.member).toEqualTypeOf<OwnMember | undefined>();
    expectTypeOf(matchProxy('text', members)?.tag).toEqualTypeOf<ProxyTag | undefined>();
  };
  expectTypeOf(find).returns.toBeVoid();
});

test('every operation says what it needs of a key in words that scopeAllows knows', () => {
  for (const operation of Object.values(operations)) {
    expectTypeOf(operation.apiKeyScope).toExtend<ApiKeyNeed | null>();
  }
});
