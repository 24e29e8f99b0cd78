import fc from 'fast-check';
import {
  groupPrivacyKeys,
  groupRules,
  memberGuildRules,
  memberPrivacyKeys,
  memberRules,
  systemGuildRules,
  systemPrivacyKeys,
  systemRules,
} from '../../src/sandbox/validation/models.ts';
import { settingsRules } from '../../src/sandbox/validation/settings.ts';
import { groupReferences, memberReferences, nonsense, rawBodies, texts, timestamps } from './fuzz-values.ts';

/* Bodies of the fuzz test: such as fit an operation, at least in form, and such as do not. */

const scalar = fc.oneof(
  fc.constantFrom<unknown>(...texts, ...timestamps, ...memberReferences, ...groupReferences),
  fc.constantFrom<unknown>(null, true, false, 0, -1, 5, 1.5, 1e21, 2 ** 53, 1.2345678901234567e19, -0.5),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const proxyTags = fc.array(fc.record({ prefix: scalar, suffix: scalar }, { requiredKeys: [] }), {
  maxLength: 3,
});
const value = fc.oneof(
  { weight: 20, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 1, arbitrary: proxyTags },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);
const strangeKeys = ['id', 'unknown', 'privacy', '__proto__', 'toString'];

function privacy(keys: readonly string[]) {
  const level = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('public', 'private', '', null) },
    { weight: 1, arbitrary: fc.constantFrom('x', 5) },
  );
  return fc.dictionary(fc.constantFrom(...keys), level, { maxKeys: 4 });
}

/** A model with few of its fields: the more there are, the more likely one is wrong. */
function model(rules: object, privacyKeys: readonly string[]) {
  const fields = fc.dictionary(fc.constantFrom(...Object.keys(rules)), value, { maxKeys: 2 });
  const strange = fc.option(fc.dictionary(fc.constantFrom(...strangeKeys), value, { maxKeys: 1 }), {
    freq: 8,
  });
  const nested = privacyKeys.length === 0 ? fc.constant(null) : fc.option(privacy(privacyKeys));
  const name = fc.option(fc.constantFrom<unknown>('A name', 'A name', ' ', 'x'.repeat(101), 5));
  return fc.record({ fields, strange, nested, name }).map((parts) => ({
    ...('name' in rules && parts.name !== null && { name: parts.name }),
    ...parts.fields,
    ...parts.strange,
    ...(parts.nested !== null && { privacy: parts.nested }),
  }));
}

function references(known: readonly string[]) {
  const one = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom<unknown>(...known) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(...nonsense, null, 5, []) },
  );
  return fc.array(one, { maxLength: 2 });
}

const switches = fc.record(
  { members: references(memberReferences), timestamp: fc.constantFrom<unknown>(...timestamps, null, '', 5) },
  { requiredKeys: ['members'] },
);
const moves = fc.record({ timestamp: fc.constantFrom<unknown>(...timestamps, null, '', 5) });
const autoproxy = fc.record(
  {
    autoproxy_mode: fc.constantFrom<unknown>('off', 'front', 'latch', 'member', null, 'x', []),
    autoproxy_member: fc.constantFrom<unknown>(...memberReferences, null, 'zzzzz', 5),
  },
  { requiredKeys: [] },
);

const fitting: readonly (readonly [RegExp, fc.Arbitrary<unknown>])[] = [
  [/GroupMembers$|^updateSwitchMembers$/, references(memberReferences)],
  [/MemberGroups$/, references(groupReferences)],
  [/^createSwitch$/, switches],
  [/^updateSwitch$/, moves],
  [/^updateMembersPrivacy$/, privacy(memberPrivacyKeys)],
  [/^updateGroupsPrivacy$/, privacy(groupPrivacyKeys)],
  [/SystemSettings$/, model(settingsRules, [])],
  [/SystemGuildSettings$/, model(systemGuildRules, [])],
  [/MemberGuildSettings$/, model(memberGuildRules, [])],
  [/Autoproxy/, autoproxy],
  [/Member$/, model(memberRules, memberPrivacyKeys)],
  [/Group$/, model(groupRules, groupPrivacyKeys)],
  [/System$/, model(systemRules, systemPrivacyKeys)],
];

const anyFitting = fc.oneof(...fitting.map(([, arbitrary]) => arbitrary));
const raw = fc.oneof(fc.constantFrom(...rawBodies), fc.string({ unit: 'binary', maxLength: 40 }));

/** Bodies for an operation, as text. */
export function bodyFor(operation: string): fc.Arbitrary<string> {
  const fit = fitting.find(([pattern]) => pattern.test(operation))?.[1] ?? anyFitting;
  const json = fc.oneof(
    { weight: 12, arbitrary: fit },
    { weight: 1, arbitrary: anyFitting },
    { weight: 1, arbitrary: value },
  );
  return fc.oneof(
    { weight: 15, arbitrary: json.map((one) => JSON.stringify(one)) },
    { weight: 1, arbitrary: raw },
  );
}
