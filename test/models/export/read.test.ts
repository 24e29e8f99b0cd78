import { expect, test } from 'vitest';
import { ExportFileError, parseJsonKeepingDigits, readExportFile } from '../../../src/models/export/index.ts';

const exported = `{
  "version": 2, "id": "alices", "uuid": "6f1c2d3e-0000-4000-8000-000000000001", "created": "2020-01-02T03:04:05Z",
  "name": "Alice's", "description": null, "webhook_url": null, "privacy": {"name_privacy": "private"},
  "config": {"timezone": "UTC", "latch_timeout": null}, "accounts": [466378653216014359, 42, 18446744073709551615],
  "members": [
    {"id": "annann", "name": "Ann", "proxy_tags": [{"prefix": "A:"}], "message_count": 5, "future": 1,
     "privacy": {"visibility": "private"}, "autoproxy_enabled": false},
    {"id": "benben", "name": "Ben", "prefix": "B:", "suffix": null, "visibility": "private", "future": 2}
  ],
  "groups": [{"id": "grouup", "name": "Group", "members": ["annann"]}],
  "switches": [{"timestamp": "2021-01-02T03:04:05.678901Z", "members": ["annann", "benben"]}]
}`;

test('an export of PluralKit is read with all digits of its accounts', () => {
  const file = readExportFile(exported);
  expect(file.accounts).toEqual(['466378653216014359', '42', '18446744073709551615']);
  expect(file.system).toMatchObject({ id: 'alices', fields: { name: "Alice's", description: null } });
  expect(file.system.privacy).toEqual({ name_privacy: 'private' });
  expect(file.settings).toEqual({ timezone: 'UTC', latch_timeout: null });
  expect(file.members[0]).toEqual({
    ...{ id: 'annann', uuid: null, created: null, message_count: 5, autoproxy_enabled: false },
    fields: { name: 'Ann', proxy_tags: [{ prefix: 'A:', suffix: null }] },
    privacy: { visibility: 'private' },
  });
  expect(file.groups[0]).toMatchObject({ id: 'grouup', fields: { name: 'Group' }, members: ['annann'] });
  expect(file.switches).toEqual([
    { timestamp: '2021-01-02T03:04:05.678901Z', members: ['annann', 'benben'] },
  ]);
});

test('an old export is read with its tags and privacy, which stand beside the fields', () => {
  expect(readExportFile(exported).members[1]).toMatchObject({
    fields: { name: 'Ben', proxy_tags: [{ prefix: 'B:', suffix: null }] },
    privacy: { visibility: 'private' },
  });
});

test('omitted fields are listed once', () => {
  expect(readExportFile(exported).omitted).toEqual([
    { path: 'members[].future', message: 'The API has no such field.' },
  ]);
});

test('an export of Tupperbox is read', () => {
  const tuppers = [
    {
      ...{ id: 1, name: 'Tom', avatar_url: 'https://example.org/t.png', brackets: ['T:', '', '[', ']'] },
      ...{ posts: 7, show_brackets: true, birthday: '2001-02-03T00:00:00.000Z', description: 'Hi' },
      ...{ nick: 'Tommy', tag: '| T', group_id: null },
    },
    { name: 'Una', brackets: ['', ''], nick: 'U', tag: null, birthday: null, group_id: 3 },
  ];
  const { members, omitted, format } = readExportFile({ tuppers, groups: [] });
  expect(format).toBe('tupperbox');
  expect(members[0]).toMatchObject({
    fields: {
      ...{
        name: 'Tom',
        display_name: 'Tom | T',
        birthday: '2001-02-03',
        keep_proxy: true,
        description: 'Hi',
      },
      avatar_url: 'https://example.org/t.png',
      proxy_tags: [
        { prefix: 'T:', suffix: null },
        { prefix: '[', suffix: ']' },
      ],
    },
    message_count: 7,
  });
  expect(members[1]?.fields).toEqual({ name: 'Una', display_name: 'U', proxy_tags: [] });
  expect(omitted.map(({ path }) => path)).toEqual(['groups', 'tuppers[].id', 'tuppers[].group_id']);
});

test.each([null, 5, [], {}, { systems: [] }])('the file %j is of no known type', (value) => {
  expect(() => readExportFile(value)).toThrow('File type is unknown.');
});

test('all faults are named at once', () => {
  const value = {
    switches: [{ members: 5 }, 7, { timestamp: 'yesterday' }],
    members: [{ name: {}, tts: 'yes' }],
    accounts: [1.5],
  };
  const faults = catchFaults(value);
  expect(faults).toEqual([
    'accounts[0]',
    'members[0].name',
    'members[0].tts',
    'switches[0].members',
    'switches[0].timestamp',
    'switches[1]',
    'switches[1].timestamp',
    'switches[2].timestamp',
  ]);
});

test('of hundreds of thousands of faults, the first 200 are named', () => {
  expect(catchFaults({ switches: Array(300_000).fill(0) })).toHaveLength(200);
});

test.each([
  ['{"a": 12345678901234567890}', { a: '12345678901234567890' }],
  [
    '[-12345678901234567890, 1234567890123456, 12345678901234567.5, 1e30]',
    ['-12345678901234567890', 1234567890123456, 12345678901234568, 1e30],
  ],
  [
    '{"12345678901234567890": "x 12345678901234567890 \\" 12345678901234567890"}',
    { '12345678901234567890': 'x 12345678901234567890 " 12345678901234567890' },
  ],
  ['\uFEFF[]', []],
])('all digits are kept of %s', (text, value) => {
  expect(parseJsonKeepingDigits(text)).toEqual(value);
});

test.each([
  ['a text', `"${'x'.repeat(20_000_000)}"`],
  ['a text of escaped quotes', `"${'\\"'.repeat(10_000_000)}"`],
  ['digits', '9'.repeat(20_000_000)],
])('20 megabytes of %s do not overflow the stack', (_name, value) => {
  expect(parseJsonKeepingDigits(`[${value},12345678901234567890]`)).toMatchObject({
    1: '12345678901234567890',
  });
});

test('hostile texts are rejected quickly', () => {
  expect(() => parseJsonKeepingDigits(`"${'\\"'.repeat(500_000)}`)).toThrow(SyntaxError);
  const polluted = readExportFile(
    '{"switches": [], "__proto__": {"x": 1}, "members": [{"__proto__": 5, "name": "A"}]}',
  );
  expect(polluted.members[0]?.fields).toEqual({ name: 'A' });
  expect(polluted.omitted.map(({ path }) => path)).toContain('members[].__proto__');
});

function catchFaults(value: unknown): readonly string[] {
  try {
    readExportFile(value);
  } catch (error) {
    if (error instanceof ExportFileError) return error.faults.map(({ path }) => path);
  }
  throw new Error('No fault was found');
}
