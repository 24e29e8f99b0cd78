import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { type Situation, say } from './situations.ts';
import { account, ask, channel, guild, uuidOf } from './support.ts';

describe('a proxied message', () => {
  const status = async (sandbox: Sandbox, id: string) =>
    (await ask(sandbox, 'GET', `/v2/messages/${id}`)).status;
  const proxied = (situation: Situation = {}) => {
    const { sandbox, outcome } = say(situation);
    if (!outcome.proxied) throw new Error(outcome.reason);
    return { sandbox, ...outcome };
  };

  test('is found by its original for 30 minutes', async () => {
    const { sandbox, id, original } = proxied();
    sandbox.clock.advance(30 * 60_000 - 1);
    expect(await status(sandbox, original)).toBe(200);
    sandbox.clock.advance(1);
    expect([await status(sandbox, original), await status(sandbox, id)]).toEqual([404, 200]);
  });

  test('is not found by its original 30 minutes after its deletion', async () => {
    const { sandbox, id, original } = proxied();
    sandbox.clock.advance(30 * 60_000);
    sandbox.bot.deleteMessage(id);
    expect([await status(sandbox, original), await status(sandbox, id)]).toEqual([404, 200]);
  });

  test('is found for 15 seconds after its deletion', async () => {
    const { sandbox, id, original } = proxied();
    expect((await ask(sandbox, 'DELETE', `/_sandbox/bot/messages/${id}`)).status).toBe(204);
    expect((await ask(sandbox, 'DELETE', `/_sandbox/bot/messages/${id}`)).status).toBe(404);
    sandbox.clock.advance(14_999);
    expect([await status(sandbox, id), await status(sandbox, original)]).toEqual([200, 200]);
    sandbox.clock.advance(1);
    expect([await status(sandbox, id), await status(sandbox, original)]).toEqual([404, 404]);
    expect(sandbox.world().messages).toEqual([]);
  });

  test('is deleted with an original that is gone within a second', () => {
    const early = proxied();
    early.sandbox.clock.advance(999);
    expect(early.sandbox.bot.deleteMessage(early.original)).toBe(true);
    const late = proxied();
    late.sandbox.clock.advance(1000);
    expect(late.sandbox.bot.deleteMessage(late.original)).toBe(false);
  });

  test('can be edited by its original for 30 minutes', async () => {
    const { sandbox, id } = proxied();
    sandbox.clock.advance(3_600_000);
    const edited = sandbox.bot.editMessage(id, { content: 'better' });
    if (edited === undefined) throw new Error('There is no message');
    sandbox.clock.advance(30 * 60_000 - 1);
    expect(await status(sandbox, edited.command)).toBe(200);
    sandbox.clock.advance(1);
    expect(await status(sandbox, edited.command)).toBe(404);
    expect(sandbox.bot.reproxyMessage(id, { member: 'benben' })).toMatchObject({ content: 'better' });
  });

  test('is reproxied with its text as another member, without the tags of the old', async () => {
    const { sandbox, id, original } = proxied({ ann: { keep_proxy: true }, ben: { keep_proxy: true } });
    const again = sandbox.bot.reproxyMessage(id, { member: 'benben' });
    expect(again).toMatchObject({ proxied: true, original, member: uuidOf.ben, content: 'B:hi' });
    expect((await ask(sandbox, 'GET', `/v2/messages/${original}`)).body).toMatchObject({
      member: { id: 'benben' },
    });
    expect(sandbox.world().messages.map(({ member }) => member)).toEqual(['benben']);
    expect(await status(sandbox, id)).toBe(200);
    sandbox.clock.advance(15_000);
    expect(await status(sandbox, id)).toBe(404);
    expect(() =>
      sandbox.bot.reproxyMessage(sandbox.world().messages[0]?.id ?? '', { member: 'nobody' }),
    ).toThrow(/names no member/);
    expect(sandbox.bot.reproxyMessage('5', { member: 'benben' })).toBeUndefined();
  });

  test('has an id of its own among those of one millisecond', () => {
    const { sandbox, id, original } = proxied();
    const more = Array.from({ length: 50 }, () =>
      sandbox.bot.sendMessage({ account, guild, channel, content: 'A:hi' }),
    );
    const ids = more.flatMap((one) => (one.proxied ? [one.id, one.original] : []));
    expect(new Set([id, original, ...ids]).size).toBe(102);
  });
});
