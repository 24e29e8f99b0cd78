/** The client of orval's `fetch`, used as a bot would. */
import assert from 'node:assert/strict';
import * as api from './client.ts';

const headers = {
  Authorization: process.env.PLURALKIT_TOKEN ?? '',
  'User-Agent': 'languages/1.0 (me@example.com)',
};
const options = { headers };

const system = await api.getSystem('@me', options);
assert.ok(system.status === 200 && system.data.id === 'harbor');
const other = await api.getSystem('nooks', options);
assert.ok(other.status === 200 && other.data.privacy === null);
const members = await api.listMembers('@me', options);
assert.ok(members.status === 200 && members.data.length >= 5);

const created = await api.createMember({ name: 'Juniper', proxy_tags: [{ prefix: 'j:' }] }, options);
assert.ok(created.status === 200);
const changed = await api.updateMember(created.data.id, { pronouns: 'they/them' }, options);
assert.ok(changed.status === 200 && changed.data.pronouns === 'they/them');
assert.equal(changed.data.proxy_tags.length, 1, 'the proxy tags were lost');
await api.updateMember(created.data.id, { privacy: { visibility: 'private' } }, options);
const cleared = await api.updateMember(created.data.id, { pronouns: null }, options);
assert.ok(cleared.status === 200 && cleared.data.pronouns === null);
assert.equal(cleared.data.privacy.visibility, 'private', 'the privacy was lost');

// One status, two kinds of errors.
const unset = await api.getMemberGuildSettings(created.data.id, '920000000000000009', options);
assert.ok(unset.status === 404 && unset.data.code === 20010);
const unknown = await api.getMemberGuildSettings('zzzzz', '920000000000000009', options);
assert.ok(unknown.status === 404 && unknown.data.code === 20002);

const logged = await api.createSwitch('@me', { members: [created.data.id] }, options);
assert.ok(logged.status === 200);
assert.equal((await api.deleteSwitch('@me', logged.data.id, options)).status, 204);
assert.equal((await api.deleteMember(created.data.id, options)).status, 204);

const missing = await api.getMember('zzzzz', options);
assert.ok(missing.status === 404 && missing.data.code === 20002);
assert.equal((await api.getFronters('nooks', options)).status, 204);
console.log('ok');
