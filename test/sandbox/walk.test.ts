import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operations as v1Operations } from '../../generated/v1/operations.ts';
import { loadWorld as loadRecordedWorld } from '../../scripts/lib/recordings.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { readWorld } from '../../src/sandbox/world/read.ts';
import { loadContract } from '../document/contract.ts';
import { judgeResponse } from '../document/responses.ts';
import { tries } from '../support/tries.ts';
import { bodyFor } from './fuzz-bodies.ts';
import { type FuzzRequest, fuzzRequest } from './fuzz-requests.ts';
import { openSandbox } from './support.ts';

/*
 * Random walks, in which each request meets what those before it left. What comes before a request matters, so there is
 * nothing to shrink.
 */

const requestsUntilReset = 250;

interface Received {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

async function ask(sandbox: Sandbox, { method, target, headers, body }: FuzzRequest): Promise<Received> {
  const request = new Request(`http://sandbox.test${target}`, { method, headers, body });
  const response = await sandbox.fetch(request, { target });
  const { status } = response;
  return { status, type: response.headers.get('Content-Type'), text: await response.text() };
}

async function read(sandbox: Sandbox, target: string, token: string): Promise<Received> {
  const headers = { Authorization: token, 'User-Agent': 'walk' };
  return ask(sandbox, { method: 'GET', target, headers, body: null });
}

/** Changes whose response a GET of the same path repeats. */
const readable =
  /^\/v2\/(systems\/[^/]+|members\/[^/]+|groups\/[^/]+|(systems|members)\/[^/]+\/guilds\/\d+|systems\/[^/]+\/switches\/[^/]+)$/;

test('what is rejected or only read changes nothing, and a change is there afterwards', async () => {
  const sandbox = openSandbox();
  let before = JSON.stringify(sandbox.world());
  let count = 0;
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(fuzzRequest, async (request) => {
      const delivered = sandbox.deliveries().length;
      const { status, text } = await ask(sandbox, request);
      const after = JSON.stringify(sandbox.world());
      if (status >= 300 || ['GET', 'HEAD', 'OPTIONS'].includes(request.method)) {
        expect([after, sandbox.deliveries().length], request.target).toEqual([before, delivered]);
      } else if (request.method === 'PATCH' && readable.test(request.target)) {
        const token = request.headers.Authorization ?? '';
        expect(await read(sandbox, request.target, token), request.target).toMatchObject({
          status: 200,
          text,
        });
        changes += 1;
      }
      count += 1;
      if (count % requestsUntilReset === 0) sandbox.reset();
      before = count % requestsUntilReset === 0 ? JSON.stringify(sandbox.world()) : after;
    }),
    { numRuns: tries(1_500, 20_000), endOnFailure: true },
  );
  expect(changes).toBeGreaterThan(tries(5, 100));
}, 300_000);

test('lists and single responses say the same, whatever was changed', async () => {
  const sandbox = openSandbox();
  for (const request of fc.sample(fuzzRequest, 1500)) await ask(sandbox, request);
  const json = async (path: string, token: string) => JSON.parse((await read(sandbox, path, token)).text);

  for (const { uuid, token } of sandbox.world().systems) {
    if (token === null) continue;
    const path = `/v2/systems/${uuid}`;
    const members: { id: string; uuid: string }[] = await json(`${path}/members`, token);
    for (const member of members) expect(await json(`/v2/members/${member.id}`, token)).toEqual(member);
    const idOf = new Map(members.map((member) => [member.uuid, member.id]));

    for (const group of await json(`${path}/groups?with_members=true`, token)) {
      const { members: listed, ...rest } = group;
      expect(await json(`/v2/groups/${group.id}`, token)).toEqual(rest);
      const inGroup: { uuid: string }[] = await json(`/v2/groups/${group.uuid}/members`, token);
      expect(new Set(inGroup.map((member) => member.uuid))).toEqual(new Set(listed));
      for (const reference of listed) {
        const groups: { id: string }[] = await json(`/v2/members/${idOf.get(reference)}/groups`, token);
        expect(groups.map(({ id }) => id)).toContain(group.id);
      }
    }

    const [newest] = await json(`${path}/switches`, token);
    const fronters = await read(sandbox, `${path}/fronters`, token);
    if (newest === undefined) expect(fronters.status).toBe(204);
    else expect(JSON.parse(fronters.text)).toEqual(await json(`${path}/switches/${newest.id}`, token));
  }
});

const v1World = readWorld(loadRecordedWorld('v1'));
const v1Ids = [
  ...v1World.systems.flatMap(({ id, accounts, members }) => [
    id,
    id.toUpperCase(),
    ...accounts,
    ...members.map((member) => member.id),
  ]),
  ...v1World.messages.flatMap(({ id, original }) => [id, original ?? '0']),
  'zzzzz',
  'x',
  '%00',
];
const v1Words = fc.constantFrom<unknown>(...v1Ids, 'public', 'private', 'nope', ' ', '\0', null, 5, true, []);
const v1Bodies = fc.oneof(
  bodyFor('updateMember'),
  bodyFor('updateSystem'),
  fc
    .dictionary(fc.constantFrom('name', 'prefix', 'suffix', 'visibility', 'front_privacy', 'tz'), v1Words)
    .map((one) => JSON.stringify(one)),
  fc.array(v1Words, { maxLength: 2 }).map((members) => JSON.stringify({ members })),
);

test('version 1 responds as its document says, with no failure', async () => {
  const contract = loadContract('v1');
  const sandbox = createSandbox({ world: v1World, seed: 1, v1: true });
  let count = 0;
  const tokens = [...v1World.systems.map(({ token }) => token ?? ''), ''];
  const request = fc.record({
    operation: fc.constantFrom(...Object.values(v1Operations)),
    id: fc.constantFrom(...v1Ids),
    token: fc.constantFrom(...tokens),
    type: fc.oneof({ weight: 9, arbitrary: fc.constant('application/json') }, fc.constant('text/plain')),
    body: v1Bodies,
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ operation, id, token, type, body }) => {
      const { method, hasBody } = operation;
      const target = `/v1${operation.path.replace(/\{\w+\}/, id)}`;
      const headers = { Authorization: token, 'User-Agent': 'walk', 'Content-Type': type };
      const received = await ask(sandbox, { method, target, headers, body: hasBody ? body : null });
      expect(received.status, target).toBeLessThan(500);
      const isText = received.type?.startsWith('text/plain') ?? false;
      const response = {
        status: received.status,
        ...(received.type !== null && { type: received.type }),
        ...(received.text !== '' && { body: isText ? received.text : JSON.parse(received.text) }),
      };
      const exchange = { as: { token }, from: 'api' as const, request: { method, path: target }, response };
      expect(judgeResponse(exchange, contract), `${method} ${target} ${body}`).toMatchObject({
        kind: 'valid',
      });
      count += 1;
      if (count % requestsUntilReset === 0) sandbox.reset();
    }),
    { numRuns: tries(1_000, 10_000), endOnFailure: true },
  );
}, 300_000);
