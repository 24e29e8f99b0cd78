/** The Zodios client of openapi-zod-client, used as a bot would. It checks each response. */
import assert from 'node:assert/strict';
import { isErrorFromAlias } from '@zodios/core';
import { createApiClient } from './client.ts';

const { PLURALKIT_URL: baseUrl = '', PLURALKIT_TOKEN: token = '' } = process.env;
const api = createApiClient(baseUrl, {
  axiosConfig: { headers: { Authorization: token, 'User-Agent': 'languages/1.0 (me@example.com)' } },
});

const me = { systemRef: '@me' };
assert.equal((await api.getSystem({ params: me })).id, 'harbor');
const other = { params: { systemRef: 'nooks' } };
assert.equal((await api.getSystem(other)).privacy, null);
assert.ok((await api.listMembers({ params: me })).length >= 5);

const created = await api.createMember({ name: 'Juniper', proxy_tags: [{ prefix: 'j:' }] });
const params = { memberRef: created.id };
const changed = await api.updateMember({ pronouns: 'they/them' }, { params });
assert.equal(changed.pronouns, 'they/them');
assert.equal(changed.proxy_tags.length, 1, 'the proxy tags were lost');
await api.updateMember({ privacy: { visibility: 'private' } }, { params });
const cleared = await api.updateMember({ pronouns: null }, { params });
assert.equal(cleared.pronouns, null);
assert.equal(cleared.privacy.visibility, 'private', 'the privacy was lost');

// One status, two kinds of errors.
const codeOf = async (memberRef: string) => {
  const params = { memberRef, guild_id: '920000000000000009' };
  const error = await api.getMemberGuildSettings({ params }).catch((error: unknown) => error);
  assert.ok(isErrorFromAlias(api.api, 'getMemberGuildSettings', error) && error.response.status === 404);
  return error.response.data.code;
};
assert.equal(await codeOf(created.id), 20010);
assert.equal(await codeOf('zzzzz'), 20002);

const logged = await api.createSwitch({ members: [created.id] }, { params: me });
await api.deleteSwitch(undefined, { params: { ...me, switchRef: logged.id } });
await api.deleteMember(undefined, { params });

const missing = await api.getMember({ params: { memberRef: 'zzzzz' } }).catch((error: unknown) => error);
assert.ok(isErrorFromAlias(api.api, 'getMember', missing) && missing.response.status === 404);
assert.equal(missing.response.data.code, 20002);
console.log('ok');
