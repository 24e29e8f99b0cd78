import { expect, test } from 'vitest';
import { parseJsonKeepingDigits } from '../../../src/models/export/parse.ts';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { WorldError } from '../../../src/sandbox/world/problems.ts';
import { readWorld } from '../../../src/sandbox/world/read.ts';

/** As `pk;export` writes one; ids of accounts are numbers of more digits than a number keeps. */
const exported = `{
  "version": 2,
  "id": "exmpl",
  "uuid": "5a4db0c5-0000-4000-8000-000000000001",
  "name": "Example",
  "description": null,
  "tag": "| E",
  "pronouns": null,
  "avatar_url": null,
  "banner": null,
  "color": "ff0000",
  "created": "2020-01-02T03:04:05.678901Z",
  "webhook_url": "https://example.com/hook",
  "privacy": { "name_privacy": "private", "front_privacy": "private" },
  "config": { "timezone": "Europe/Lisbon", "member_limit": 1000, "name_format": null, "soon": true },
  "accounts": [466378653216014359, 910000000000000001],
  "members": [
    {
      "id": "abcdef",
      "uuid": "5a4db0c5-0000-4000-8000-000000000002",
      "name": "Ann",
      "display_name": null,
      "color": null,
      "birthday": "0004-02-29",
      "created": null,
      "keep_proxy": true,
      "message_count": 5,
      "proxy_tags": [{ "prefix": "a:", "suffix": null }],
      "privacy": null,
      "aliases": []
    }
  ],
  "groups": [{ "id": "groups", "name": "Crew", "members": ["abcdef"], "privacy": { "visibility": "private" } }],
  "switches": [
    { "timestamp": "2026-01-02T00:00:00Z", "members": [] },
    { "timestamp": "2026-01-01T00:00:00Z", "members": ["abcdef"] }
  ]
}`;

test('an export is a world of one system', async () => {
  const sandbox = createSandbox({ world: readWorld(parseJsonKeepingDigits(exported)) });
  const [system, ...others] = sandbox.world().systems;
  expect(others).toEqual([]);
  expect(system).toMatchObject({
    id: 'exmpl',
    accounts: ['466378653216014359', '910000000000000001'],
    privacy: { name_privacy: 'private', member_list_privacy: 'public' },
    settings: { timezone: 'Europe/Lisbon' },
    webhook: null,
    members: [{ id: 'abcdef', birthday: '0004-02-29', keep_proxy: true, message_count: 5 }],
    groups: [{ id: 'groups', members: ['abcdef'], privacy: { visibility: 'private' } }],
  });
  expect(system?.switches.map(({ members }) => members)).toEqual(expect.arrayContaining([[], ['abcdef']]));
  const headers = { 'User-Agent': 'test', Authorization: sandbox.tokens.exmpl ?? '' };
  const response = await sandbox.fetch('/v2/systems/466378653216014359', { headers });
  expect(await response.json()).toMatchObject({ id: 'exmpl', webhook_url: null });
});

test('an export can be put in the place of the world', async () => {
  const sandbox = createSandbox();
  const response = await sandbox.fetch('/_sandbox/world', { method: 'PUT', body: exported });
  expect(response.status).toBe(200);
  const { omitted } = await response.json();
  expect(omitted.map(({ path }: { path: string }) => path)).toEqual([
    'members[].aliases',
    'config.soon',
    'webhook_url',
  ]);
  expect(sandbox.world().systems[0]?.accounts).toEqual(['466378653216014359', '910000000000000001']);
});

test('a problem of an export has its path in the export', () => {
  const wrong = exported.replace('"2026-01-01T00:00:00Z"', '"yesterday"');
  expect(() => readWorld(parseJsonKeepingDigits(wrong))).toThrow(WorldError);
  expect(() => readWorld(parseJsonKeepingDigits(wrong))).toThrow(
    /^switches\[1\]\.timestamp must be a timestamp/,
  );
});

test.each([
  ['{"a":[1,12345678901234567890]}', { a: [1, '12345678901234567890'] }],
  ['{"a":"12345678901234567890","b":1.5}', { a: '12345678901234567890', b: 1.5 }],
  ['\uFEFF{"a": 9007199254740991}', { a: 9007199254740991 }],
  ['{"a":[1234567890123456,1e30]}', { a: [1234567890123456, 1e30] }],
])('%s keeps its digits', (text, value) => {
  expect(parseJsonKeepingDigits(text)).toEqual(value);
});

test('a wrong setting of an export is named as the file names it', () => {
  const wrong = exported.replace('"member_limit": 1000', '"member_limit": "many"');
  const read = () => readWorld(parseJsonKeepingDigits(wrong));
  expect(read).toThrow(WorldError);
  expect(read).toThrow('config.member_limit must be a whole number');
});
