/** The client of typed-openapi, used as a bot would: it takes a function that sends requests. */
import assert from 'node:assert/strict';
import { createApiClient } from './client.ts';

const { PLURALKIT_URL: baseUrl = '', PLURALKIT_TOKEN: token = '' } = process.env;
const api = createApiClient(
  {
    fetch: ({ method, url, parameters }) =>
      fetch(url, {
        method: method.toUpperCase(),
        headers: {
          Authorization: token,
          'User-Agent': 'languages/1.0 (me@example.com)',
          'Content-Type': 'application/json',
        },
        ...(parameters?.body !== undefined && { body: JSON.stringify(parameters.body) }),
      }),
  },
  baseUrl,
);

const me = { systemRef: '@me' };
assert.equal((await api.get('/systems/{systemRef}', { path: me })).id, 'harbor');
const other = await api.get('/systems/{systemRef}', { path: { systemRef: 'nooks' } });
assert.equal(other.privacy, null);
assert.ok((await api.get('/systems/{systemRef}/members', { path: me })).length >= 5);

const created = await api.post('/members', { body: { name: 'Juniper', proxy_tags: [{ prefix: 'j:' }] } });
const path = { memberRef: created.id };
const changed = await api.patch('/members/{memberRef}', { path, body: { pronouns: 'they/them' } });
assert.equal(changed.pronouns, 'they/them');
assert.equal(changed.proxy_tags.length, 1, 'the proxy tags were lost');
await api.patch('/members/{memberRef}', { path, body: { privacy: { visibility: 'private' } } });
const cleared = await api.patch('/members/{memberRef}', { path, body: { pronouns: null } });
assert.equal(cleared.pronouns, null);
assert.equal(cleared.privacy.visibility, 'private', 'the privacy was lost');

// One status, two kinds of errors.
const settings = (memberRef: string) =>
  api.get('/members/{memberRef}/guilds/{guild_id}', {
    path: { memberRef, guild_id: '920000000000000009' },
    withResponse: true,
    throwOnStatusError: false,
  });
const unset = await settings(created.id);
assert.ok(unset.status === 404 && unset.data.code === 20010);
const unknown = await settings('zzzzz');
assert.ok(unknown.status === 404 && unknown.data.code === 20002);

const logged = await api.post('/systems/{systemRef}/switches', { path: me, body: { members: [created.id] } });
await api.delete('/systems/{systemRef}/switches/{switchRef}', { path: { ...me, switchRef: logged.id } });
await api.delete('/members/{memberRef}', { path });

const missing = await api.get('/members/{memberRef}', {
  path: { memberRef: 'zzzzz' },
  withResponse: true,
  throwOnStatusError: false,
});
assert.ok(missing.status === 404 && missing.data.code === 20002);
const nobody = await api.get('/systems/{systemRef}/fronters', {
  path: { systemRef: 'nooks' },
  withResponse: true,
});
assert.equal(nobody.status, 204);
console.log('ok');
