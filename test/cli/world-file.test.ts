import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandError } from '../../src/cli/command.ts';
import { describeOmitted } from '../../src/cli/world.ts';
import { readWorldFile, readWorldFileForCheck } from '../../src/cli/world-file.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pluralkit-world-'));
});
afterAll(() => rm(directory, { recursive: true }));

const uuid = '5a4db0c5-0000-4000-8000-000000000001';
const system = { id: 'exmpl', uuid, created: '2020-01-01T00:00:00Z' };
const toNobody = { id: uuid.replace('-8', '-9'), timestamp: '2020-01-01T00:00:00Z', members: ['abcde'] };

async function write(content: string, encoding: 'utf8' | 'utf16le' = 'utf8'): Promise<string> {
  const file = join(directory, 'world.json');
  await writeFile(file, content, encoding);
  return file;
}

test.each(['utf8', 'utf16le'] as const)(
  'a world file in %s is read with its byte order mark',
  async (encoding) => {
    const named = { ...system, name: 'Zoë' };
    const file = await write(`\uFEFF${JSON.stringify({ systems: [named] })}`, encoding);
    expect((await readWorldFile(file)).world).toMatchObject({ systems: [named] });
  },
);

test.for([
  ['{"systems":[}', /world\.json is no JSON: Unexpected token/],
  ['', /world\.json is no JSON: Unexpected end/],
  ['[]', /world\.json: The world must be an object/],
  [{ systems: {} }, /world\.json: systems must be a list/],
  [
    { systems: [system, { ...system, id: 'EXMPL' }] },
    /world\.json: 2 problems:\n {2}systems\[1\]\.id must be an id of five or six.*\n {2}systems\[1\]\.uuid is the same/,
  ],
  [
    { systems: [{ ...system, color: 'red' }] },
    /world\.json: systems\[0\]\.color must be six hexadecimal digits/,
  ],
  [{ systems: [{ ...system, colour: 'f00' }] }, /world\.json: systems\[0\]\.colour is not known/],
  [
    { systems: [system, system] },
    /world\.json: 3 problems:\n {2}systems\[1\]\.id is the same as systems\[0\]\.id/,
  ],
  [
    { systems: [{ ...system, switches: [toNobody] }] },
    /: systems\[0\]\.switches\[0\]\.members\[0\] names no member/,
  ],
] as const)('a file with %j fails with the path of what is wrong', async ([content, problem]) => {
  const file = await write(typeof content === 'string' ? content : JSON.stringify(content));
  const failure = await readWorldFile(file).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CommandError);
  expect(String(failure)).toMatch(problem);
});

test('a missing file is an error', async () => {
  const failure = readWorldFile(join(directory, 'nowhere.json'));
  await expect(failure).rejects.toThrow(/^Cannot read the world .*nowhere\.json: ENOENT/);
});

test('world check lists all problems, and what is omitted of an export', async () => {
  const systems = [
    ...Array.from({ length: 30 }, () => ({ color: 'red' })),
    {
      ...system,
      members: [{ name: 'Ann' }, { name: 'Ben', color: 5 }],
      groups: [{ members: ['Cat', 'Ben'] }],
    },
    { id: system.id, token: 'another' },
  ];
  const failure = await readWorldFileForCheck(await write(JSON.stringify({ systems }))).catch(String);
  expect(String(failure).split('\n').slice(1)).toEqual([
    ...Array.from(
      { length: 30 },
      (_, index) => `  systems[${index}].color must be six hexadecimal digits without #`,
    ),
    '  systems[30].members[1].color must be six hexadecimal digits without #',
    '  systems[30].groups[0].name is missing',
    '  systems[30].groups[0].members[0] names no member of the system: Cat',
    '  systems[31].id is the same as systems[30].id',
  ]);
  const exported = JSON.stringify({
    color: 'red',
    members: [{ id: 'abcde', name: 'Ann', tts: 'no' }],
    switches: [{ timestamp: 'now', members: ['xxxxx'] }],
  });
  expect(
    String(await readWorldFileForCheck(await write(exported)).catch(String))
      .split('\n')
      .slice(1),
  ).toEqual([
    '  members[0].tts must be true or false',
    '  color must be six hexadecimal digits without #',
    '  switches[0].timestamp must be a timestamp such as 2020-01-02T03:04:05.678901Z',
    '  switches[0].members[0] names no member of the system: xxxxx',
  ]);
  const tupperbox = JSON.stringify({ tuppers: [{ name: 'Tom', brackets: ['T:', ''], group_id: 5 }] });
  const { world, omitted } = await readWorldFileForCheck(await write(tupperbox));
  expect(world.systems[0]?.members).toMatchObject([{ name: 'Tom', proxy_tags: [{ prefix: 'T:' }] }]);
  expect(omitted.map(({ path }) => path)).toEqual(['tuppers[].group_id']);
});

test('what is omitted of an export cannot steer a terminal', () => {
  expect(describeOmitted([{ path: '\u001b[2J', message: 'No such field.' }])).toBe(
    'Omitted:\n  \\x1b[2J: No such field.',
  );
});
