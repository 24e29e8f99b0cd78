/** The SDK of hey-api, used as a bot would. */
import assert from 'node:assert/strict';
import { client } from './client/client.gen.ts';
import * as api from './client/index.ts';

const { PLURALKIT_URL: baseUrl, PLURALKIT_TOKEN: token } = process.env;
client.setConfig({
  baseUrl,
  headers: { Authorization: token, 'User-Agent': 'languages/1.0 (me@example.com)' },
});

const me = { systemRef: '@me' };
const system = await api.getSystem({ path: me, throwOnError: true });
assert.equal(system.data.id, 'harbor');
const other = await api.getSystem({ path: { systemRef: 'nooks' }, throwOnError: true });
assert.equal(other.data.privacy, null);
const members = await api.listMembers({ path: me, throwOnError: true });
assert.ok(members.data.length >= 5);

const body = { name: 'Juniper', proxy_tags: [{ prefix: 'j:' }] };
const { data: created } = await api.createMember({ body, throwOnError: true });
const path = { memberRef: created.id };
const update = async (body: api.MemberPatch) =>
  (await api.updateMember({ path, body, throwOnError: true })).data;
const changed = await update({ pronouns: 'they/them' });
assert.equal(changed.pronouns, 'they/them');
assert.equal(changed.proxy_tags.length, 1, 'the proxy tags were lost');
await update({ privacy: { visibility: 'private' } });
const cleared = await update({ pronouns: null });
assert.equal(cleared.pronouns, null);
assert.equal(cleared.privacy.visibility, 'private', 'the privacy was lost');

// One status, two kinds of errors.
const guild_id = '920000000000000009';
const unset = await api.getMemberGuildSettings({ path: { ...path, guild_id } });
assert.equal(unset.error?.code, 20010);
const unknown = await api.getMemberGuildSettings({ path: { memberRef: 'zzzzz', guild_id } });
assert.equal(unknown.error?.code, 20002);

const { data: logged } = await api.createSwitch({
  path: me,
  body: { members: [created.id] },
  throwOnError: true,
});
await api.deleteSwitch({ path: { ...me, switchRef: logged.id }, throwOnError: true });
await api.deleteMember({ path, throwOnError: true });

const missing = await api.getMember({ path: { memberRef: 'zzzzz' } });
assert.equal(missing.response?.status, 404);
assert.equal(missing.error?.code, 20002);
const nobody = await api.getFronters({ path: { systemRef: 'nooks' } });
assert.equal(nobody.response?.status, 204);
console.log('ok');
