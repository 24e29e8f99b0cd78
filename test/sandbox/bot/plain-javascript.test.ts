import { expect, test } from 'vitest';
import { WorldError } from '../../../src/sandbox/world/problems.ts';
import { openSandbox } from '../support.ts';

test.each([
  ['unlinkAccount', 'account must be a string'],
  ['deleteSwitches', 'system must be a string'],
  ['refreshToken', 'system must be a string'],
  ['import', 'account must be a string'],
  ['export', 'system must be a string'],
  ['sendMessage', 'The message must be an object'],
] as const)('the bot throws a WorldError where %s gets null, and changes nothing', (method, message) => {
  const sandbox = openSandbox();
  const before = sandbox.world();
  const call = () => Reflect.apply(sandbox.bot[method], sandbox.bot, [null, null]);
  expect(call).toThrow(WorldError);
  expect(call).toThrow(message);
  expect(sandbox.world()).toEqual(before);
});

test('a snapshot is restored by a name alone', () => {
  const { snapshots } = openSandbox();
  expect(() => Reflect.apply(snapshots.restore, snapshots, [null])).toThrow(WorldError);
});
