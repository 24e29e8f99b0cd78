import { describe, expect, test } from 'vitest';
import { importSystem, readExportFile } from '../../src/backup/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { simulate } from '../client/simulation.ts';
import { clientOf } from './support.ts';

const token = 'target-token';
const world = { systems: [{ id: 'target', token }] };

describe('a repeated import', () => {
  test.each([
    ['blank texts', { name: 'Tag', tag: ' ', description: '', members: [{ name: 'A', pronouns: ' ' }] }],
    [
      'capitals in colours',
      {
        color: 'ABCDEF',
        members: [{ name: 'A', color: 'ABCDEF' }],
        groups: [{ name: 'G', color: 'ABCDEF' }],
      },
    ],
    [
      'empty halves of proxy tags',
      {
        members: [
          {
            name: 'A',
            proxy_tags: [
              { prefix: 'a:', suffix: '' },
              { prefix: '', suffix: '' },
            ],
          },
        ],
      },
    ],
    [
      'links to the resizing proxy of Discord',
      {
        members: [
          {
            name: 'A',
            avatar_url:
              'https://media.discordapp.net/attachments/466378653216014359/466378653216014359/a.png?width=5',
          },
        ],
      },
    ],
    ['empty privacy', { members: [{ name: 'A', privacy: { visibility: '', name_privacy: null } }] }],
    [
      'items without a name',
      { members: [{ id: 'aaaaa', name: null }], groups: [{ id: 'bbbbb', name: ' ' }] },
    ],
    [
      'a setting that the server does not return',
      { config: { card_show_color_hex: true, latch_timeout: 5 } },
    ],
    [
      'switches at one time',
      {
        members: [{ id: 'aaaaa', name: 'A' }],
        switches: [
          { timestamp: '2021-01-02T03:04:05.678901Z', members: ['aaaaa'] },
          { timestamp: '2021-01-02T03:04:05.678901Z', members: [] },
          { timestamp: '2021-01-02T03:04:05.6789012Z', members: [] },
        ],
      },
    ],
  ])('changes nothing: %s', async (_name, file) => {
    const pk = clientOf(createSandbox({ world }), token);
    const content = readExportFile({ switches: [], ...file });
    const { changes, done } = await simulate(() => importSystem(pk, content));
    expect(done).toBe(changes.length);
    expect(done).toBeGreaterThan(0);
    expect(await simulate(() => importSystem(pk, content))).toEqual({ changes: [], done: 0 });
  });

  test('changes nothing where a switch was registered at the same time meanwhile', async () => {
    const pk = clientOf(createSandbox({ world }), token);
    const timestamp = '2021-01-02T03:04:05.678901Z';
    const content = readExportFile({ switches: [{ timestamp, members: [] }] });
    const confirm = async () => {
      await pk.switches.create('@me', { timestamp, members: [] });
      return true;
    };
    expect(await simulate(() => importSystem(pk, content, { confirm }))).toMatchObject({ done: 1 });
  });
});
