import { expect, test } from 'vitest';
import { account, ask, channel, guild, openBot } from './support.ts';

test('a named state comes back with its world, texts and clock', async () => {
  const sandbox = openBot();
  const first = sandbox.bot.sendMessage({ account, guild, channel, content: 'A:hi' });
  if (!first.proxied) throw new Error(first.reason);
  const saved = sandbox.world();
  const time = sandbox.clock.now();
  expect((await ask(sandbox, 'POST', '/_sandbox/snapshots', { save: 'one' })).body).toEqual(['one']);

  sandbox.bot.deleteMessage(first.id);
  await ask(sandbox, 'DELETE', '/v2/members/annann');
  sandbox.clock.advance(5000);
  for (let round = 0; round < 3; round += 1) {
    expect((await ask(sandbox, 'POST', '/_sandbox/snapshots', { restore: 'one' })).status).toBe(200);
    expect(sandbox.world()).toEqual(saved);
    expect(sandbox.clock.now()).toBe(time);
    expect([sandbox.deliveries(), sandbox.requests()]).toEqual([[], []]);
    expect(sandbox.bot.reproxyMessage(first.id, { member: 'benben' })).toMatchObject({ content: 'hi' });
  }
  expect((await ask(sandbox, 'GET', '/_sandbox/snapshots')).body).toEqual(['one']);
  expect((await ask(sandbox, 'DELETE', '/_sandbox/snapshots/one')).status).toBe(204);
  expect((await ask(sandbox, 'DELETE', '/_sandbox/snapshots/one')).status).toBe(404);
});

test('what is made after a restore does not replace what is there', async () => {
  const sandbox = openBot();
  await ask(sandbox, 'POST', '/v2/members', { name: 'One' });
  sandbox.snapshots.save('one');
  sandbox.snapshots.restore('one');
  await ask(sandbox, 'POST', '/v2/members', { name: 'Two' });
  expect(sandbox.world().systems[0]?.members.map(({ name }) => name)).toEqual(['Ann', 'Ben', 'One', 'Two']);
});

test.each([
  {},
  { save: '' },
  { save: 'x'.repeat(101) },
  { save: 'a', restore: 'a' },
  { restore: 'none' },
  [],
  '{',
])('the request %j is rejected', async (body) => {
  const { status } = await ask(openBot(), 'POST', '/_sandbox/snapshots', body);
  expect(status).toBe(400);
});

test('the number of snapshots is limited', () => {
  const { snapshots } = openBot();
  for (let index = 0; index < 1000; index += 1) snapshots.save(String(index));
  expect(() => snapshots.save('one more')).toThrow(/one too many/);
  snapshots.save('5');
});
