/** How the caller's own system is typed, and that what the sandbox shows to each kind of token fits the type. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { ownerScopes } from '../../generated/v2/methods.ts';
import type {
  Fronters,
  GroupWithMembers,
  Member,
  OwnMember,
  OwnSwitchWithMembers,
  OwnSystem,
  PublicSystemSettings,
  SwitchWithMembers,
  System,
  SystemSettings,
} from '../../generated/v2/schema.ts';
import { type OwnGroupWithMembers, PluralKit, type View } from '../../src/index.ts';
import type { ApiKeyScope } from '../../src/models/api-key.ts';
import { mixed, open, secretive } from '../sandbox/keys-support.ts';
import { userAgent } from './helpers.ts';

const sandbox = open();
const options = {
  userAgent,
  limiter: { acquire: async () => () => undefined },
  fetch: (url: string, init: RequestInit) => sandbox.fetch(url, init),
};
const keyOf = async (scopes: readonly string[], system = mixed.id) =>
  (await sandbox.createKey({ system, scopes: scopes as ApiKeyScope[] })).token;

/** All that the types of a client with the view of the owner depend on. */
async function readOwn<ClientView extends View>(pk: PluralKit<ClientView>) {
  const newest = mixed.switches[0]?.id ?? '';
  return {
    system: await pk.systems.get('@me'),
    settings: await pk.settings.getSystem('@me'),
    members: await pk.members.list('@me'),
    groups: await pk.groups.list('@me', { with_members: true }),
    fronters: await pk.switches.getFronters('@me'),
    single: await pk.switches.get('@me', newest),
    changed: await pk.switches.updateMembers(mixed.id, newest, []),
  };
}

describe('a token that sees all of its own system', () => {
  const tokens: [string, () => Promise<string>][] = [
    ['a legacy token', async () => mixed.token ?? ''],
    ['an API key with read:all', () => keyOf(['read:all', 'write:switches'])],
    ['an API key with the scopes of each part', () => keyOf([...ownerScopes, 'write:switches'])],
  ];
  test.each(tokens)('gives what the view `owner` says: %s', async (_, tokenOf) => {
    sandbox.reset();
    const pk = new PluralKit({ ...options, token: await tokenOf(), view: 'owner' });
    const { system, settings, members, groups, fronters, single, changed } = await readOwn(pk);
    expect(system).toMatchObject({ privacy: mixed.privacy, webhook_url: mixed.webhook?.url ?? null });
    expect(settings).toHaveProperty('timezone');
    expect(members.length).toBeGreaterThan(0);
    expect(groups.length).toBeGreaterThan(0);
    for (const member of [...members, ...(fronters?.members ?? []), ...single.members, ...changed.members]) {
      expect(member).toMatchObject({
        privacy: expect.any(Object),
        created: expect.any(String),
        autoproxy_enabled: expect.any(Boolean),
        message_count: expect.any(Number),
      });
    }
    for (const group of groups)
      expect(group).toMatchObject({
        privacy: expect.any(Object),
        created: expect.any(String),
        members: expect.any(Array),
      });
  });
});

describe('an API key', () => {
  test.each(ownerScopes)(
    'without the scope %s is rejected for the view `owner`, by the name of the scope',
    async (scope) => {
      // `read:switches` includes `read:fronters`.
      const others = ownerScopes.filter((one) => one !== scope && one !== 'read:switches');
      const token = await keyOf(['identify', ...others]);
      const make = () => new PluralKit({ ...options, token, view: 'owner' });
      expect(make).toThrow(TypeError);
      expect(make).toThrow(new RegExp(`lacks .*${scope}.*view 'owner'`));
      expect(make).not.toThrow(token.slice('pkapi:'.length, -10));
    },
  );

  test('without a scope sees null where the types say so', async () => {
    sandbox.reset();
    const pk = new PluralKit({ ...options, token: await keyOf(['identify', 'write:switches']) });
    const { system, settings, members, groups, single } = await readOwn(pk);
    const seen = [system, ...members, ...groups, ...single.members].map(({ privacy }) => privacy);
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen)).toEqual(new Set([null]));
    expect(settings).not.toHaveProperty('timezone');
  });
});

test('without a token, `owner` can only fail at the call', async () => {
  const pk = new PluralKit({ ...options, view: 'owner' });
  await expect(pk.systems.get('@me')).rejects.toMatchObject({ name: 'UnauthorizedError' });
});

test.each(['Owner', '', 1])('the view %j is rejected', (view) => {
  expect(() => new PluralKit({ ...options, view: view as View })).toThrow(/view must be/);
});

describe('a client made from another', () => {
  const owner = new PluralKit({ ...options, token: mixed.token, view: 'owner' });

  test('keeps the view, and checks the new token for it', async () => {
    const token = await keyOf(['read:members'], secretive.id);
    expect(() => owner.with({ token })).toThrow(/read:system/);
    expect(() => owner.with({ token, view: undefined })).toThrow(/read:system/);
    const narrow = owner.with({ token, view: 'anyone' });
    expectTypeOf(narrow).toEqualTypeOf<PluralKit<'anyone'>>();
    expect((await narrow.systems.get('@me')).privacy).toBeNull();
    const { privacy } = await owner.with({ token: secretive.token }).systems.get('@me');
    expect(privacy.name_privacy).toBe(secretive.privacy?.name_privacy);
  });

  test('can have the view of the owner', async () => {
    const anyone = new PluralKit(options);
    const { privacy } = await anyone.with({ token: mixed.token, view: 'owner' }).systems.get('@me');
    expect(privacy.name_privacy).toBe(mixed.privacy?.name_privacy);
  });
});

describe('by its type,', () => {
  const anyone = new PluralKit({ userAgent, token: mixed.token });
  const owner = new PluralKit({ userAgent, token: mixed.token, view: 'owner' });

  test('the own system is seen as anyone sees it', () => {
    expectTypeOf(anyone).toEqualTypeOf<PluralKit>();
    expectTypeOf(new PluralKit({ userAgent, view: undefined })).toEqualTypeOf<PluralKit>();
    expectTypeOf(() => anyone.systems.get('@me')).returns.resolves.toEqualTypeOf<System>();
    expectTypeOf(() => anyone.settings.getSystem('@me')).returns.resolves.toEqualTypeOf<
      SystemSettings | PublicSystemSettings
    >();
    expectTypeOf(() => anyone.members.list('@me')).returns.resolves.toEqualTypeOf<Member[]>();
    expectTypeOf(() => anyone.groups.list('@me')).returns.resolves.toEqualTypeOf<GroupWithMembers[]>();
    expectTypeOf(() => anyone.switches.getFronters('@me')).returns.resolves.toEqualTypeOf<Fronters | null>();
    expectTypeOf(() => anyone.switches.get('@me', '')).returns.resolves.toEqualTypeOf<SwitchWithMembers>();
    expectTypeOf(() =>
      anyone.switches.create('@me', { members: [] }),
    ).returns.resolves.toEqualTypeOf<SwitchWithMembers>();
    expectTypeOf<System['privacy']>().toBeNullable();
    expectTypeOf<Fronters['members'][number]['privacy']>().toBeNullable();
  });

  test('the own system is the owner’s model with the view `owner`', () => {
    expectTypeOf(owner).toEqualTypeOf<PluralKit<'owner'>>();
    expectTypeOf(() => owner.systems.get('@me')).returns.resolves.toEqualTypeOf<OwnSystem>();
    expectTypeOf(() => owner.settings.getSystem('@me')).returns.resolves.toEqualTypeOf<SystemSettings>();
    expectTypeOf(() => owner.members.list('@me')).returns.resolves.toEqualTypeOf<OwnMember[]>();
    expectTypeOf(() => owner.groups.list('@me')).returns.resolves.toEqualTypeOf<OwnGroupWithMembers[]>();
    expectTypeOf(() =>
      owner.switches.getFronters('@me'),
    ).returns.resolves.toEqualTypeOf<OwnSwitchWithMembers | null>();
    expectTypeOf(() => owner.switches.get('@me', '')).returns.resolves.toEqualTypeOf<OwnSwitchWithMembers>();
    const ownSwitch = expectTypeOf<Promise<OwnSwitchWithMembers>>();
    ownSwitch.toEqualTypeOf<ReturnType<typeof owner.switches.create>>();
    ownSwitch.toEqualTypeOf<ReturnType<typeof owner.switches.update>>();
    ownSwitch.toEqualTypeOf<ReturnType<typeof owner.switches.updateMembers>>();
    expectTypeOf<OwnGroupWithMembers['privacy']>().not.toBeNullable();
    expectTypeOf<OwnGroupWithMembers['members']>().toEqualTypeOf<string[] | undefined>();
    // Of other systems, the owner of this one sees no more than anyone.
    expectTypeOf(() => owner.systems.get('abcde')).returns.resolves.toEqualTypeOf<System>();
    expectTypeOf(() => owner.switches.getFronters('abcde')).returns.resolves.toEqualTypeOf<Fronters | null>();
    expectTypeOf(() => owner.switches.watchFronters('@me')).returns.toEqualTypeOf<
      AsyncGenerator<OwnSwitchWithMembers | null, void, undefined>
    >();
    expectTypeOf(() => owner.switches.watchFronters('abcde')).returns.toEqualTypeOf<
      AsyncGenerator<Fronters | null, void, undefined>
    >();
  });

  test('the owner’s client can stand for any other, and not the other way round', () => {
    expectTypeOf<PluralKit<'owner'>>().toExtend<PluralKit>();
    expectTypeOf<PluralKit>().not.toExtend<PluralKit<'owner'>>();
    expectTypeOf<PluralKit<'anyone'>>().toExtend<PluralKit>();
    expectTypeOf<PluralKit<'anyone'>>().not.toExtend<PluralKit<'owner'>>();
    const view: View = 'owner';
    expectTypeOf(() => owner.with({ view }).systems.get('@me')).returns.resolves.toEqualTypeOf<OwnSystem>();
    const unknown = (view: View) => owner.with({ view }).systems.get('@me');
    expectTypeOf(unknown).returns.resolves.toEqualTypeOf<System>();
    // @ts-expect-error: there are two views
    expect(() => new PluralKit({ userAgent, view: 'everyone' })).toThrow(TypeError);
  });
});
