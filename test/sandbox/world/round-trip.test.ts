import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createSandbox,
  type FullWorld,
  type Sandbox,
  system,
  WorldError,
  worldOf,
} from '../../../src/sandbox/index.ts';
import { tries } from '../../support/tries.ts';

const guild = '900000000000000001';
const channel = '900000000000000002';
const account = '910000000000000007';

/** Texts as callers send them, half a character and separators of lines among them. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('__proto__', '\ud800', '\u2028', '﷽'.repeat(20), ' a ', '5'),
);

interface Step {
  readonly action: number;
  readonly pick: number;
  readonly text: string;
}

const steps = fc.array(fc.record({ action: fc.nat(), pick: fc.nat(), text }), { maxLength: 25 });

/** One of each kind of what changes a world, by requests and by the bot. */
function actionsOn(sandbox: Sandbox, { pick, text: given }: Step): readonly (() => unknown)[] {
  const own = sandbox.world().systems[0];
  const member = own?.members[pick % Math.max(1, own.members.length)];
  const group = own?.groups[pick % Math.max(1, own.groups.length)];
  const logged = own?.switches[pick % Math.max(1, own.switches.length)];
  const message = sandbox.world().messages[pick % Math.max(1, sandbox.world().messages.length)];
  const headers = {
    Authorization: own?.token ?? '',
    'Content-Type': 'application/json',
    'User-Agent': 'test',
  };
  const send = (method: string, path: string, body?: unknown) =>
    sandbox.fetch(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const { bot } = sandbox;
  const post = (content: string) => bot.sendMessage({ account, guild, channel, content });
  return [
    () => send('PATCH', '/v2/systems/@me', { name: given, tag: given, color: 'aBcDeF' }),
    () => send('PATCH', '/v2/systems/@me/settings', { latch_timeout: pick - 5, name_format: given }),
    () => send('PATCH', `/v2/systems/@me/guilds/${guild}`, { tag: given }),
    () =>
      send('PATCH', `/v2/systems/@me/autoproxy?guild_id=${guild}`, {
        autoproxy_mode: 'member',
        autoproxy_member: member?.id,
      }),
    () => send('POST', '/v2/members', { name: given, proxy_tags: [{ prefix: `${pick}:`, suffix: given }] }),
    () => send('PATCH', `/v2/members/${member?.id}`, { birthday: '0004-02-29', description: given }),
    () => send('PATCH', `/v2/members/${member?.id}/guilds/${guild}`, { display_name: given }),
    () => send('DELETE', `/v2/members/${member?.id}`),
    () => send('POST', '/v2/groups', { name: given }),
    () => send('POST', `/v2/groups/${group?.id}/members/add`, [member?.id]),
    () => send('DELETE', `/v2/groups/${group?.id}`),
    () => send('POST', '/v2/systems/@me/switches', { members: [member?.id] }),
    () =>
      send('PATCH', `/v2/systems/@me/switches/${logged?.id}`, { timestamp: `20${10 + (pick % 80)}-01-01` }),
    () => send('DELETE', `/v2/systems/@me/switches/${logged?.id}`),
    () => bot.linkAccount({ account, system: own?.id ?? '' }),
    () => bot.unlinkAccount(account),
    () => bot.updateAccount(account, { allow_autoproxy: false }),
    () => bot.refreshToken(own?.id ?? ''),
    () => bot.deleteSwitches(own?.id ?? ''),
    () => bot.registerWebhook({ system: own?.id ?? '', url: null }),
    () => post(`${member?.proxy_tags[0]?.prefix ?? ''}${given}${member?.proxy_tags[0]?.suffix ?? ''}`),
    () => post('\\\\\\ off'),
    () => bot.editMessage(message?.id ?? '', { content: given }),
    () => bot.reproxyMessage(message?.id ?? '', { member: member?.id ?? '' }),
    () => bot.deleteMessage(message?.id ?? ''),
    () => bot.import(account, bot.export(own?.id ?? '')),
    () => sandbox.clock.set(new Date(Date.UTC(2015 + (pick % 139), 0, 1))),
    () => sandbox.snapshots.save('saved'),
    () => sandbox.snapshots.restore('saved'),
    () => sandbox.reset(),
  ];
}

async function take(sandbox: Sandbox, step: Step): Promise<void> {
  const actions = actionsOn(sandbox, step);
  try {
    await actions[step.action % actions.length]?.();
  } catch (error) {
    if (!(error instanceof WorldError)) throw error; // What there is nothing of cannot be changed.
  }
}

async function getWorld(sandbox: Sandbox): Promise<string> {
  return (await sandbox.fetch('/_sandbox/world')).text();
}

async function assertTaken(sandbox: Sandbox): Promise<void> {
  const written = await getWorld(sandbox);
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(sandbox.world())));
  const other = createSandbox({ world: { systems: [] } });
  const response = await other.fetch('/_sandbox/world', { method: 'PUT', body: written });
  expect([response.status, await response.text()]).toEqual([204, '']);
  expect(JSON.parse(await getWorld(other))).toEqual(JSON.parse(written));
}

test('what a GET of the world gives, a PUT always takes, whatever was changed before', async () => {
  const world = worldOf(
    system({ id: 'harbor' }).withMembers(4).withGroups(2).withSwitches(3),
    system().withMembers(2),
  );
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const sandbox = createSandbox({ world });
      for (const step of taken) await take(sandbox, step);
      await assertTaken(sandbox);
    }),
    { numRuns: tries(30, 1000) },
  );
});

test('an empty world, one without ids, and one with switches at the same time are taken', async () => {
  const timestamp = '2020-01-01T00:00:00Z';
  const worlds: readonly object[] = [
    {},
    { systems: [] },
    { systems: [{}, { name: null, members: [{ name: 'A' }, { name: 'A' }] }] },
    {
      systems: [
        {
          members: [{ name: 'A' }],
          switches: [
            { timestamp, members: ['A'] },
            { timestamp, id: '5a4db0c5-0000-4000-8000-000000000001', members: [] },
          ],
        },
      ],
    },
  ];
  for (const world of worlds) await assertTaken(createSandbox({ world }));
});

test('the world that is sent is that of the moment, whatever is changed while it is sent', async () => {
  const world: FullWorld = system({ id: 'harbor' }).withMembers(2000).withGroups(2).withSwitches(100).world();
  const sandbox = createSandbox({ world });
  const expected = sandbox.world();
  const response = await sandbox.fetch('/_sandbox/world');
  sandbox.load({ systems: [] });
  expect(await response.json()).toEqual(expected);
});
