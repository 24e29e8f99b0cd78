/** The functions of Kubb's `pluginClient`, used as a bot would. */
import assert from 'node:assert/strict';
import * as api from './kubb/index.ts';

const options = {
  headers: {
    Authorization: process.env.PLURALKIT_TOKEN ?? '',
    'Content-Type': 'application/json',
    'User-Agent': 'languages/1.0 (me@example.com)',
  },
};

assert.equal((await api.getSystem('@me', options)).id, 'harbor');
assert.equal((await api.getSystem('nooks', options)).privacy, null);
assert.ok((await api.listMembers('@me', options)).length >= 5);

const created = await api.createMember({ name: 'Juniper', proxy_tags: [{ prefix: 'j:' }] }, options);
const changed = await api.updateMember(created.id, { pronouns: 'they/them' }, options);
assert.equal(changed.pronouns, 'they/them');
assert.equal(changed.proxy_tags.length, 1, 'the proxy tags were lost');
await api.updateMember(created.id, { privacy: { visibility: 'private' } }, options);
const cleared = await api.updateMember(created.id, { pronouns: null }, options);
assert.equal(cleared.pronouns, null);
assert.equal(cleared.privacy.visibility, 'private', 'the privacy was lost');

// One status, two kinds of errors.
const unset = await api.getMemberGuildSettings(created.id, '920000000000000009', options);
assert.ok('code' in unset && unset.code === 20010);
const unknown = await api.getMemberGuildSettings('zzzzz', '920000000000000009', options);
assert.ok('code' in unknown && unknown.code === 20002);

const logged = await api.createSwitch('@me', { members: [created.id] }, options);
await api.deleteSwitch('@me', logged.id, options);
await api.deleteMember(created.id, options);

// Its `fetch` client returns the body of an error as if it were the member: look for `code`.
const missing = await api.getMember('zzzzz', options);
assert.ok('code' in missing && missing.code === 20002);
// A 204 is an empty object.
assert.deepEqual(await api.getFronters('nooks', options), {});
console.log('ok');
