import { describe, expect, test } from 'vitest';
import { importSystem, readExportFile } from '../../src/backup/index.ts';
import { createSandbox, type World } from '../../src/sandbox/index.ts';
import { simulate } from '../client/simulation.ts';
import { clientOf, exportOf } from './support.ts';

const account = '466378653216014359';

/** A system all of whose fields are private. */
const world: World = {
  systems: [
    {
      id: 'secret',
      name: 'Secret',
      token: 'secret-token',
      description: 'd',
      accounts: [account],
      privacy: { name_privacy: 'private', description_privacy: 'private' },
      members: [
        {
          id: 'annann',
          name: 'Ann',
          display_name: 'Public Ann',
          description: 'd',
          pronouns: 'she/her',
          birthday: '2000-01-02',
          proxy_tags: [{ prefix: 'a:', suffix: null }],
          message_count: 12,
          privacy: {
            name_privacy: 'private',
            description_privacy: 'private',
            pronoun_privacy: 'private',
            birthday_privacy: 'private',
            proxy_privacy: 'private',
            metadata_privacy: 'private',
          },
        },
      ],
      groups: [
        {
          id: 'grogro',
          name: 'Group',
          display_name: 'Public group',
          description: 'd',
          privacy: { name_privacy: 'private', description_privacy: 'private' },
          members: ['annann'],
        },
      ],
    },
  ],
};

describe('an export of what is public', () => {
  test.each(['as it is written now', 'as it was written before, with null for what is private'])(
    'clears and renames nothing in the system itself: %s',
    async (form) => {
      const sandbox = createSandbox({ world });
      const file = JSON.parse(await exportOf(clientOf(sandbox), 'secret'));
      expect(file.members[0]).toMatchObject({ name: 'Public Ann', privacy: null });
      if (form.includes('before')) {
        Object.assign(file, { name: null, description: null });
        const hidden = {
          display_name: null,
          description: null,
          pronouns: null,
          birthday: null,
          proxy_tags: [],
        };
        Object.assign(file.members[0], hidden, { message_count: null });
        Object.assign(file.groups[0], { display_name: null, description: null });
      }
      const before = sandbox.bot.export('secret');
      const pk = clientOf(sandbox, 'secret-token');
      const result = await simulate(() => importSystem(pk, readExportFile(JSON.stringify(file))));
      expect(result).toEqual({ changes: [], done: 0 });
      file.members[0].color = 'ff0000';
      const { changes } = await simulate(() => importSystem(pk, readExportFile(JSON.stringify(file))));
      expect(changes).toMatchObject([{ part: 'members', patch: { color: 'ff0000' } }]);
      const after = JSON.parse(sandbox.bot.export('secret'));
      expect(after.members[0].color).toBe('ff0000');
      after.members[0].color = null;
      expect(after).toEqual(JSON.parse(before));
    },
  );

  test('omits what may be private, also for the bot', async () => {
    const sandbox = createSandbox({ world });
    const file = JSON.parse(await exportOf(clientOf(sandbox), 'secret'));
    for (const one of [file, ...file.members, ...file.groups]) {
      expect(Object.entries(one).filter(([key, value]) => key !== 'privacy' && value === null)).toEqual([]);
      expect(one.privacy).toBe(null);
    }
    expect(file.members[0]).not.toHaveProperty('proxy_tags');
    sandbox.bot.import(account, file);
    const [member] = JSON.parse(sandbox.bot.export('secret')).members;
    expect(member).toMatchObject({ display_name: 'Public Ann', description: 'd', birthday: '2000-01-02' });
  });

  test('makes what another system lacks, and is a world', async () => {
    const text = await exportOf(clientOf(createSandbox({ world })), 'secret');
    const sandbox = createSandbox({ world: { systems: [{ id: 'target', token: 'target-token' }] } });
    const pk = clientOf(sandbox, 'target-token');
    await simulate(() => importSystem(pk, readExportFile(text)));
    expect((await pk.members.list('@me')).map(({ name }) => name)).toEqual(['Public Ann']);
    expect(await simulate(() => importSystem(pk, readExportFile(text)))).toEqual({ changes: [], done: 0 });
    expect(createSandbox({ world: JSON.parse(text) }).world()).toMatchObject({ systems: [{ id: 'secret' }] });
  });

  test('says which objects are as anyone sees them', () => {
    const member = { id: 'annann', name: 'Ann', privacy: null, message_count: null };
    const read = readExportFile({
      switches: [],
      privacy: null,
      members: [member],
      groups: [{ name: 'Group' }],
    });
    expect(read.system.publicOnly).toBe(true);
    expect(read.members[0]).toMatchObject({ publicOnly: true });
    expect(read.members[0]).not.toHaveProperty('message_count');
    expect(read.groups[0]).not.toHaveProperty('publicOnly');
    expect(
      readExportFile({ switches: [], members: [{ ...member, visibility: 'public' }] }).members[0],
    ).not.toHaveProperty('publicOnly');
    const world = JSON.parse(JSON.stringify({ switches: [], members: [member] }));
    const [system] = createSandbox({ world }).world().systems;
    expect(system?.members).toMatchObject([{ name: 'Ann', message_count: 0 }]);
  });
});
