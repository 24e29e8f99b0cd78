import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonKeepingDigits } from '../../../src/models/export/index.ts';
import { createSandbox } from '../../../src/sandbox/index.ts';
import type { World } from '../../../src/sandbox/world/world.ts';
import { tries } from '../../support/tries.ts';

type System = NonNullable<World['systems']>[number];

const owner = '466378653216014359';
const other = '999999999999999999';

/** A text that the API takes. */
const words = (maxLength: number) =>
  fc
    .string({ unit: 'binary', minLength: 1, maxLength })
    .filter((text) => text.trim() !== '' && text.length <= maxLength && !text.includes('\0'));
const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const text = nullable(words(20));
const url = nullable(
  fc.constantFrom(
    'https://example.com/a.png',
    'https://example.org/b?c=d#e',
    `https://media.discordapp.net/attachments/${owner}/${other}/a.png?width=5`,
  ),
);
const color = nullable(fc.constantFrom('ff7f00', '000000'));
const name = fc.oneof(words(20), fc.constantFrom('Ann', 'Ben'));
const timestamp = fc.bigInt({ min: 0n, max: 2_000_000_000_000_000n }).map((microseconds) => {
  const fraction = String(microseconds % 1_000_000n).padStart(6, '0');
  return `${new Date(Number(microseconds / 1_000_000n) * 1000).toISOString().slice(0, -5)}.${fraction}Z`;
});
const privacyOf = (...keys: string[]) =>
  fc.record(
    Object.fromEntries(keys.map((key) => [key, fc.constantFrom('public' as const, 'private' as const)])),
  );

const member = fc.record({
  name,
  ...{ created: timestamp, display_name: text, pronouns: text, description: text, color },
  ...{ avatar_url: url, webhook_avatar_url: url, banner: url },
  birthday: nullable(fc.constantFrom('0004-02-29', '1999-12-31')),
  proxy_tags: fc.array(fc.record({ prefix: words(3), suffix: nullable(words(3)) }), { maxLength: 2 }),
  ...{ keep_proxy: fc.boolean(), tts: fc.boolean(), autoproxy_enabled: fc.boolean() },
  message_count: fc.nat(),
  last_message_timestamp: nullable(timestamp),
  privacy: privacyOf('visibility', 'name_privacy', 'birthday_privacy', 'proxy_privacy', 'metadata_privacy'),
});
const group = fc.record({
  name,
  ...{ created: timestamp, display_name: text, description: text, color, icon: url, banner: url },
  privacy: privacyOf('visibility', 'icon_privacy', 'list_privacy'),
});
const settings = fc.record({
  timezone: fc.constantFrom('UTC', 'Asia/Tokyo'),
  latch_timeout: nullable(fc.nat()),
  name_format: text,
  description_templates: fc.array(words(10), { maxLength: 3 }),
  proxy_switch: fc.constantFrom('off' as const, 'new' as const, 'add' as const),
  hid_list_padding: fc.constantFrom('off' as const, 'left' as const),
  ...{ pings_enabled: fc.boolean(), show_private_info: fc.boolean(), member_default_private: fc.boolean() },
});

const shortId = (index: number) =>
  `mem${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}`;

/** A system of which everything that an export holds is generated. */
const system: fc.Arbitrary<System> = fc.array(member, { maxLength: 6 }).chain((members) => {
  const some = fc.shuffledSubarray(members.map((_, index) => shortId(index)));
  return fc.record({
    id: fc.constant('fulful'),
    accounts: fc.constant([owner]),
    ...{ name: text, description: text, tag: text, pronouns: text, avatar_url: url, banner: url, color },
    privacy: privacyOf('name_privacy', 'front_privacy', 'group_list_privacy'),
    webhook: nullable(fc.constant({ url: 'https://hooks.example.com/pk', token: 'signing-token' })),
    settings,
    members: fc.constant(members.map((one, index) => ({ ...one, id: shortId(index) }))),
    groups: fc.array(
      fc.tuple(group, some).map(([one, ids]) => ({ ...one, members: ids })),
      { maxLength: 3 },
    ),
    switches: fc.uniqueArray(fc.record({ timestamp, members: some }), {
      maxLength: 6,
      selector: (one) => one.timestamp,
    }),
  });
});

/** An export in which members are named by their place, without ids and what an import has not taken. */
function comparable(file: string, notTaken: ReadonlySet<string>): unknown {
  const { members } = JSON.parse(file);
  const places = new Map<unknown, number>(
    members.map(({ id }: { id: string }, index: number) => [id, index]),
  );
  const walk = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, `${path}[]`));
    if (typeof value !== 'object' || value === null) {
      return /\.members\[\]$/.test(path) ? places.get(value) : value;
    }
    const entries = Object.entries(value)
      .map(([key, item]): [string, string, unknown] => [key, path === '' ? key : `${path}.${key}`, item])
      .filter(([key, place]) => key !== 'id' && key !== 'uuid' && !notTaken.has(place));
    return Object.fromEntries(entries.map(([key, place, item]) => [key, walk(item, place)]));
  };
  return walk(JSON.parse(file), '');
}

/** Everything that an import cannot set. */
const notSettable = [
  ...['accounts', 'created', 'webhook_url', 'groups[].created'],
  ...['created', 'last_message_timestamp', 'autoproxy_enabled', 'webhook_avatar_url'].map(
    (key) => `members[].${key}`,
  ),
  ...['hid_list_padding', 'show_private_info', 'member_limit', 'group_limit'].map((key) => `config.${key}`),
];

test('an export of what was imported is the same but for ids and what the import says that it omits', () => {
  fc.assert(
    fc.property(system, (full) => {
      const sandbox = createSandbox({ world: { systems: [full, { id: 'emptyy', accounts: [other] }] } });
      const file = sandbox.bot.export('fulful');
      expect(file).toContain(`"accounts":[${owner}]`);
      const { omitted, members, groups, switches } = sandbox.bot.import(other, file);
      expect([members, groups, switches]).toEqual([
        { created: full.members?.length, updated: 0 },
        { created: full.groups?.length, updated: 0 },
        { created: full.switches?.length, skipped: 0 },
      ]);
      const notTaken = new Set(omitted.map(({ path }) => path));
      expect([...notTaken].filter((path) => !notSettable.includes(path))).toEqual([]);
      expect(comparable(sandbox.bot.export('emptyy'), notTaken)).toEqual(comparable(file, notTaken));
    }),
    { numRuns: tries(20, 500) },
  );
});

test('an export that is imported into its own system changes nothing, and omits nothing', () => {
  fc.assert(
    fc.property(system, (full) => {
      const sandbox = createSandbox({ world: { systems: [full] } });
      const file = sandbox.bot.export('fulful');
      const { omitted, members, switches } = sandbox.bot.import(owner, file);
      expect([members.created, switches.created]).toEqual([0, 0]);
      // A picture that repeats the other one.
      const others = omitted.filter(({ path }) => path !== 'members[].webhook_avatar_url');
      expect(others).toEqual([]);
      expect(JSON.parse(sandbox.bot.export('fulful'))).toEqual(JSON.parse(file));
    }),
    { numRuns: tries(20, 500) },
  );
});

test('an export is a world that is exported as the same file', () => {
  fc.assert(
    fc.property(system, (full) => {
      const file = createSandbox({ world: { systems: [full] } }).bot.export('fulful');
      const sandbox = createSandbox();
      sandbox.load(Object(parseJsonKeepingDigits(file)));
      const again = JSON.parse(sandbox.bot.export('fulful'));
      // A sandbox does not post to the webhook of a real system.
      expect({ ...again, webhook_url: null }).toEqual({ ...JSON.parse(file), webhook_url: null });
    }),
    { numRuns: tries(20, 500) },
  );
});
