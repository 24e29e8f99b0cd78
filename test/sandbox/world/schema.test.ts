import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import schema from '../../../generated/world.schema.json' with { type: 'json' };
import { loadWorld as readRecordedWorld } from '../../../scripts/lib/recordings.ts';
import { createSandbox, system, WorldError } from '../../../src/sandbox/index.ts';
import defaultWorld from '../../../src/sandbox/world/default-world.json' with { type: 'json' };
import { loadWorld } from '../../../src/sandbox/world/load.ts';
import { worldSchema } from '../../../src/sandbox/world/schema.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

const uuid = '5a4db0c5-0000-4000-8000-000000000001';
const minimal = { id: 'exmpl', uuid, created: '2020-01-01T00:00:00Z' };
const member = { id: 'abcdef', uuid: uuid.replace('-8', '-9'), created: '2020-01-01T00:00:00Z', name: 'Ann' };

test('the published schema is that of the loader', () => {
  expect(schema).toEqual(worldSchema());
});

test.for([
  ['the built-in one', defaultWorld],
  ['the recorded one', readRecordedWorld('v2')],
  ['the recorded one of version 1', readRecordedWorld('v1')],
  ['a made-up one', system().withMembers(50).withGroups(5).withSwitches(50).withPrivacy('mixed').world()],
  ['a dump', createSandbox().world()],
  ['the smallest', {}],
  ['one of names', { systems: [{ members: [{ name: 'A' }], groups: [{ name: 'G', members: ['A'] }] }] }],
  [
    'one without what can be made up',
    {
      systems: [
        {
          webhook: { url: 'http://127.0.0.1' },
          members: [{ name: 'A' }],
          switches: [{ members: ['A'] }, {}],
        },
      ],
      messages: [{ member: 'A' }, {}],
    },
  ],
  ['one that names its schema', { $schema: './world.schema.json', systems: [minimal] }],
] as const)('the schema allows worlds that load: %s', ([, world]) => {
  expect(validate(structuredClone(world)), JSON.stringify(validate.errors)).toBe(true);
  expect(() => loadWorld(world)).not.toThrow();
});

test.for([
  [[]],
  [{ system: [] }],
  [{ systems: {} }],
  [{ systems: [{ ...minimal, id: 'Exmpl' }] }],
  [{ systems: [{ ...minimal, id: '' }] }],
  [{ systems: [{ ...minimal, members: [{}] }] }],
  [{ systems: [{ ...minimal, created: 'yesterday' }] }],
  [{ systems: [{ ...minimal, color: '#ffffff' }] }],
  [{ systems: [{ ...minimal, accounts: [91] }] }],
  [{ systems: [{ ...minimal, privacy: { name_privacy: 'secret' } }] }],
  [{ systems: [{ ...minimal, privacy: { nothing_privacy: 'public' } }] }],
  [{ systems: [{ ...minimal, webhook: { token: 'signing' } }] }],
  [{ systems: [{ ...minimal, settings: { member_limit: 1.5 } }] }],
  [{ systems: [{ ...minimal, members: [{ ...member, birthday: '2001-02-30' }] }] }],
  [{ systems: [{ ...minimal, members: [{ ...member, message_count: '1' }] }] }],
  [{ systems: [{ ...minimal, members: [{ ...member, tts: null }] }] }],
  [{ messages: [{ id: 'one' }] }],
])('the schema rejects what the loader rejects: %j', ([world]) => {
  const file: unknown = JSON.parse(JSON.stringify(world));
  expect(() => loadWorld(file)).toThrow(WorldError);
  expect(validate(file)).toBe(false);
});

test('a file that names its schema starts a sandbox', () => {
  const sandbox = createSandbox({ world: { $schema: 'x', systems: [minimal] } });
  expect(sandbox.world().systems).toMatchObject([minimal]);
});
