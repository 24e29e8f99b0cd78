import { describe, expect, test } from 'vitest';
import { dateToSnowflake } from '../../src/models/snowflake.ts';
import { openSandbox, recordedWorld, send, sendForJson } from './support.ts';

const badRequest = { message: '400: Bad Request', code: 0 };
const as = 'alices';

describe('a lookup by the id of the original', () => {
  const proxiedAt = new Date('2030-01-01T12:00:00Z');
  const id = dateToSnowflake(proxiedAt);
  const original = dateToSnowflake(new Date(proxiedAt.getTime() - 1000));
  const message = { id, original, channel: '1', guild: '2', sender: '100000000000000001', member: 'amaaa' };
  const world = { ...recordedWorld, messages: [message] };

  test.each([
    [0, 200],
    [30 * 60_000 - 1, 200],
    [30 * 60_000, 404],
  ])('%i ms after the message was proxied gets %i', async (later, status) => {
    const sandbox = openSandbox({ world });
    sandbox.clock.freeze(new Date(proxiedAt.getTime() + later));
    const response = await send(sandbox, 'GET', `/v2/messages/${original}`);
    expect(response.status).toBe(status);
    const body = await response.json();
    expect(body).toMatchObject(status === 200 ? { id, original } : { code: 20006 });
    const byId = await sendForJson(sandbox, 'GET', `/v2/messages/${id}`);
    expect(byId).toMatchObject({ id, original });
    if (status === 200) expect(body).toEqual(byId);
  });
});

describe.each([
  ['/v2/members/ameeee/groups', '/v2/members/ameeee/groups', 'agaaa', '00000000-0000-4000-8000-000000000021'],
  ['/v2/groups/agcccc/members', '/v2/groups/agcccc/members', 'amaaa', '00000000-0000-4000-8000-000000000011'],
])('%s', (base, list, id, uuid) => {
  const open = () => {
    const sandbox = openSandbox();
    const idsNow = async () => {
      const found = await sendForJson(sandbox, 'GET', list, { as });
      return (found as { id: string }[]).map((one) => one.id);
    };
    const post = (verb: string, body: unknown, caller: typeof as | undefined = as) =>
      send(sandbox, 'POST', `${base}/${verb}`, caller === undefined ? { body } : { as: caller, body });
    return { sandbox, idsNow, post };
  };

  test.each(['add', 'overwrite'])(
    '%s with one that is listed twice is 400, and changes nothing',
    async (verb) => {
      const { idsNow, post, sandbox } = open();
      expect(sandbox.world().systems.length).toBeGreaterThan(0);
      await post('remove', [id]);
      const before = await idsNow();
      for (const body of [
        [id, id],
        [id, uuid],
      ]) {
        const response = await post(verb, body);
        expect(response.status).toBe(400);
        expect(await response.json()).toEqual(badRequest);
      }
      expect(await idsNow()).toEqual(before);
    },
  );

  test('add with one that is there already is 204, also where it is listed twice', async () => {
    const { idsNow, post } = open();
    expect((await post('add', [id])).status).toBe(204);
    expect((await post('add', [id, uuid])).status).toBe(204);
    expect((await idsNow()).filter((one) => one === id)).toHaveLength(1);
  });

  test.each(['add', 'remove'])('%s with nothing is 400, even without a token', async (verb) => {
    const { post } = open();
    expect((await post(verb, [], undefined)).status).toBe(400);
  });
});

test.each(['add', 'remove', 'overwrite'])(
  'the operation %s names a group that is not found',
  async (verb) => {
    const sandbox = openSandbox();
    for (const reference of ['zzzzz', 'bgaaa', 'AGAAA']) {
      const body = await sendForJson(sandbox, 'POST', `/v2/members/ameeee/groups/${verb}`, {
        as,
        body: [reference],
      });
      expect(body).toEqual(
        verb === 'add'
          ? { message: 'Group not found.', code: 20004 }
          : { message: `Group '${reference}' not found.`, code: 20005 },
      );
    }
  },
);

test('keep_proxy of a member in a guild cannot be unset', async () => {
  const [system] = recordedWorld.systems.filter(({ id }) => id === as);
  const member = system?.members.find(({ guilds }) => guilds.length > 0);
  const path = `/v2/members/${member?.id}/guilds/${member?.guilds[0]?.guild_id}`;
  const sandbox = openSandbox();
  const before = await sendForJson(sandbox, 'GET', path, { as });
  const response = await send(sandbox, 'PATCH', path, { as, body: { keep_proxy: null, display_name: 'x' } });
  expect(response.status).toBe(400);
  expect(await sendForJson(sandbox, 'GET', path, { as })).toEqual(before);
});
