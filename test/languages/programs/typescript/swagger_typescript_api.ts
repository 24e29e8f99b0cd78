/** The class of swagger-typescript-api, used as a bot would. */
import assert from 'node:assert/strict';
import { Api, type HttpResponse, PrivacyPatch } from './api.ts';

const { PLURALKIT_URL: baseUrl = '', PLURALKIT_TOKEN: token = '' } = process.env;
const { systems, members } = new Api({
  baseUrl,
  baseApiParams: { headers: { Authorization: token, 'User-Agent': 'languages/1.0 (me@example.com)' } },
});
/** It throws the response, with the body in `error`. */
type Thrown = HttpResponse<unknown, { code: number }>;
const json = { format: 'json' } as const;

assert.equal((await systems.getSystem('@me', json)).data.id, 'harbor');
assert.equal((await systems.getSystem('nooks', json)).data.privacy, null);
assert.ok((await systems.listMembers('@me', json)).data.length >= 5);

const { data: created } = await members.createMember(
  { name: 'Juniper', proxy_tags: [{ prefix: 'j:' }] },
  json,
);
const { data: changed } = await members.updateMember(created.id, { pronouns: 'they/them' }, json);
assert.equal(changed.pronouns, 'they/them');
assert.equal(changed.proxy_tags.length, 1, 'the proxy tags were lost');
await members.updateMember(created.id, { privacy: { visibility: PrivacyPatch.PRIVACY_PATCH_PRIVATE } }, json);
const { data: cleared } = await members.updateMember(created.id, { pronouns: null }, json);
assert.equal(cleared.pronouns, null);
assert.equal(cleared.privacy.visibility, 'private', 'the privacy was lost');

// One status, two kinds of errors.
for (const [reference, code] of Object.entries({ [created.id]: 20010, zzzzz: 20002 })) {
  const thrown: Thrown = await members
    .getMemberGuildSettings(reference, '920000000000000009', json)
    .catch((response: Thrown) => response);
  assert.equal(thrown.error.code, code);
}

const { data: logged } = await systems.createSwitch('@me', { members: [created.id] }, json);
await systems.deleteSwitch('@me', logged.id);
await members.deleteMember(created.id);

const missing: Thrown = await members.getMember('zzzzz', json).catch((response: Thrown) => response);
assert.equal(missing.status, 404);
assert.equal(missing.error.code, 20002);
assert.equal((await systems.getFronters('nooks')).status, 204);
console.log('ok');
