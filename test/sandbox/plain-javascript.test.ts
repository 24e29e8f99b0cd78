import { expect, test } from 'vitest';
import { createClock, createSandbox, messageBy, system, worldOf } from '../../src/sandbox/index.ts';

const clock = createClock();

test.each([
  ['withMembers', system(), 'withMembers', ['three'], 'count must be an integer from 0'],
  ['withGroups', system(), 'withGroups', [-1], 'count must be an integer from 0'],
  ['withSwitches', system(), 'withSwitches', [], 'count must be an integer from 0'],
  [
    'withMessages',
    system(),
    'withMessages',
    [1, 'text'],
    'fields must be an object, or a function that gives one',
  ],
  ['withPrivacy', system(), 'withPrivacy', ['secret'], 'privacy must be one of public, private, mixed'],
  ['withSeed', system(), 'withSeed', ['1'], 'seed must be a whole number'],
  ['worldOf', { worldOf }, 'worldOf', [{}], 'worldOf takes factories, as system() makes them'],
  [
    'messageBy',
    { messageBy },
    'messageBy',
    [undefined],
    'The author must be a system, such as one of sandbox.world()',
  ],
  ['createClock', { createClock }, 'createClock', ['12:00'], 'source must be a function'],
  ['clock.set', clock, 'set', ['2030-01-01'], 'The time must be a Date'],
  ['clock.freeze', clock, 'freeze', [0], 'The time must be a Date'],
  ['clock.advance', clock, 'advance', ['1h'], 'The milliseconds must be a number'],
])('%s says what is wrong with what plain JavaScript gives it', (_name, owner, method, given, message) => {
  expect(() => Reflect.apply(Reflect.get(owner, method), owner, given)).toThrow(new TypeError(message));
});

test('a webhook of a world needs an address that can be posted to', () => {
  const world = { systems: [{ webhook: { url: 'localhost:4012' } }] };
  expect(() => createSandbox({ world })).toThrow('systems[0].webhook.url must be an http or https URL');
});
