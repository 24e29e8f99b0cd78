import { describe, expect, test } from 'vitest';
import { openSandbox, send } from './support.ts';

test.each([
  ['format=ha', 'format must be one of json, har; did you mean “har”?'],
  ['after=x', 'after must be a whole number'],
  ['fromat=har', 'fromat is not known; did you mean “format”?'],
])('a query of the requests is checked: %s', async (query, message) => {
  const response = await send(openSandbox(), 'GET', `/_sandbox/requests?${query}`);
  expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ message })]);
});

describe('a query is rejected', () => {
  test.each([
    ['POST', '/reset'],
    ['GET', '/world'],
    ['PUT', '/world'],
    ['DELETE', '/requests'],
    ['GET', '/deliveries'],
    ['DELETE', '/deliveries'],
    ['GET', '/clock'],
    ['POST', '/clock'],
    ['GET', '/faults'],
    ['POST', '/faults'],
    ['DELETE', '/faults'],
    ['GET', '/keys'],
    ['POST', '/keys'],
    ['DELETE', '/keys/:id'],
    ['GET', '/rate-limits'],
    ['POST', '/rate-limits'],
    ['POST', '/bot/messages'],
    ['PUT', '/bot/guilds/:guild'],
    ['GET', '/bot/export/:system'],
    ['GET', '/snapshots'],
    ['POST', '/snapshots'],
    ['DELETE', '/snapshots/:name'],
  ])('by %s %s, which changes nothing', async (method, path) => {
    const sandbox = openSandbox();
    sandbox.faults.add({ status: 503 });
    const before = [sandbox.world(), sandbox.faults.list()];
    const response = await send(sandbox, method, `/_sandbox${path}?limt=1`);
    const problem = `is not known: ${method} ${path} takes no query`;
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: `limt ${problem}`, code: 0, path: 'limt', problems: [{ path: 'limt', problem }] },
    ]);
    expect([sandbox.world(), sandbox.faults.list()]).toEqual(before);
  });

  test('by the requests, with the names that there are', async () => {
    const response = await send(openSandbox(), 'GET', '/_sandbox/requests?limt=1');
    expect(await response.json()).toMatchObject({ message: 'limt is not known; known: after, format' });
  });

  test('not before a path or a method that does not exist is named', async () => {
    expect((await send(openSandbox(), 'GET', '/_sandbox/fault?limt=1')).status).toBe(404);
    expect((await send(openSandbox(), 'POST', '/_sandbox/world?limt=1')).status).toBe(404);
  });
});

test('a query of a megabyte is read in time, as it is not by a reader of quadratic time', async () => {
  const response = await send(openSandbox(), 'GET', `/_sandbox/requests?${'&'.repeat(1_000_000)}`);
  expect(response.status).toBe(200);
}, 5_000);
