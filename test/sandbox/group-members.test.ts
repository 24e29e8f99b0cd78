import { expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { send } from './support.ts';

/** A group of many, of whom one is in another group, too. */
function openLargeGroup() {
  const names = Array.from({ length: 20_000 }, (_, index) => ({ name: `Member ${index}` }));
  const members = names.map(({ name }) => name);
  const groups = [
    { id: 'agaaa', name: 'All', members },
    { id: 'agbbb', name: 'One', members: members.slice(-1) },
  ];
  const sandbox = createSandbox({
    world: { systems: [{ id: 'alices', token: 'token', members: names, groups }] },
  });
  return { sandbox, last: sandbox.world().systems[0]?.members.at(-1)?.id };
}

// No time is measured here. What was quadratic took more than a minute.
test.each([
  ['agaaa', 'add', 204, 20_000],
  ['agaaa', 'remove', 204, 19_999],
  ['agaaa', 'overwrite', 400, 20_000],
  ['agbbb', 'add', 204, 1],
])('a megabyte of one member to group %s gets %s', async (group, verb, status, count) => {
  const { sandbox, last } = openLargeGroup();
  const path = `/v2/groups/${group}/members/${verb}`;
  const response = await send(sandbox, 'POST', path, { as: 'alices', body: Array(120_000).fill(last) });
  expect(response.status).toBe(status);
  expect(sandbox.world().systems[0]?.groups.find(({ id }) => id === group)?.members).toHaveLength(count);
});
