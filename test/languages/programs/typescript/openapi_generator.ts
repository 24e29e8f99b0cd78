/** The classes of openapi-generator's `typescript-fetch`, used as a bot would. */
import assert from 'node:assert/strict';
import {
  Configuration,
  type MemberNotFoundOrMemberGuildSettingsNotFound,
  type MemberPatch,
  MembersApi,
  ResponseError,
  SwitchesApi,
  SystemsApi,
} from './index.ts';

const configuration = new Configuration({
  basePath: process.env.PLURALKIT_URL ?? '',
  apiKey: process.env.PLURALKIT_TOKEN ?? '',
  headers: { 'User-Agent': 'languages/1.0 (me@example.com)' },
});
const systems = new SystemsApi(configuration);
const members = new MembersApi(configuration);
const switches = new SwitchesApi(configuration);

assert.equal((await systems.getSystem({ systemRef: '@me' })).id, 'harbor');
assert.equal((await systems.getSystem({ systemRef: 'nooks' })).privacy, null);
assert.ok((await members.listMembers({ systemRef: '@me' })).length >= 5);

const body = { name: 'Juniper', proxy_tags: [{ prefix: 'j:' }] };
const created = await members.createMember({ memberCreate: body });
const update = (memberPatch: MemberPatch) => members.updateMember({ memberRef: created.id, memberPatch });
const changed = await update({ pronouns: 'they/them' });
assert.equal(changed.pronouns, 'they/them');
assert.equal(changed.proxy_tags.length, 1, 'the proxy tags were lost');
await update({ privacy: { visibility: 'private' } });
const cleared = await update({ pronouns: null });
assert.equal(cleared.pronouns, null);
assert.equal(cleared.privacy.visibility, 'private', 'the privacy was lost');

// One status, two kinds of errors.
for (const [memberRef, code] of Object.entries({ [created.id]: 20010, zzzzz: 20002 })) {
  const parameters = { memberRef, guildId: '920000000000000009' };
  const error = await members.getMemberGuildSettings(parameters).catch((error: unknown) => error);
  assert.ok(error instanceof ResponseError);
  const kind: MemberNotFoundOrMemberGuildSettingsNotFound = await error.response.json();
  assert.equal(kind.code, code);
}

const logged = await switches.createSwitch({ systemRef: '@me', switchCreate: { members: [created.id] } });
await switches.deleteSwitch({ systemRef: '@me', switchRef: logged.id });
await members.deleteMember({ memberRef: created.id });

const missing = await members.getMember({ memberRef: 'zzzzz' }).catch((error: unknown) => error);
assert.ok(missing instanceof ResponseError && missing.response.status === 404);
assert.equal((await missing.response.json()).code, 20002);
assert.equal((await switches.getFrontersRaw({ systemRef: 'nooks' })).raw.status, 204);
console.log('ok');
