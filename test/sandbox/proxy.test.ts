import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../generated/v2/client.ts';
import { errorCodes, type OperationId, operations } from '../../generated/v2/operations.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import { availablePort, type RunningServer, startProxy } from '../../scripts/lib/servers.ts';
import { endTools } from '../../scripts/lib/tools.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { loadContract } from '../document/contract.ts';
import { callMock, type MockResult } from '../document/mock.ts';
import { type Call, type Caller, callsOf, type Outcome } from './proxy-calls.ts';

const contract = loadContract('v2');
const ids = Object.values(operations).map(({ id }) => id);

/** The built-in world, where one system has as many members and groups as it may have. */
const { systems, messages } = createSandbox().world();
const world = {
  systems: systems.map((system) =>
    system.id === 'nooks'
      ? { ...system, settings: { ...system.settings, member_limit: 1, group_limit: 0 } }
      : system,
  ),
  messages,
};
const sandbox = createSandbox({ world, rateLimits: 'server' });
/** From the last opened to the first. */
const opened: (() => Promise<void>)[] = [];
let proxy: RunningServer | undefined;

beforeAll(async () => {
  // Ends the proxy also where the tests are interrupted
  process.once('exit', endTools);
  const upstream = await listen({
    // Prism puts all paths under one base, though those of /private have another one.
    fetch: (request, { target = '/', ...source } = {}) =>
      sandbox.fetch(request, { ...source, target: target.replace(/^\/v2(?=\/private\/)/, '') }),
  });
  opened.unshift(() => upstream.close());
  proxy = await startProxy('v2', `${upstream.url}/v2`, await availablePort(0));
  opened.unshift(proxy.stop);
});

afterAll(async () => {
  for (const close of opened) await close();
});

/** For these, what the document forbids is sent: that, and nothing of the response, may be against it. */
const rejections = new Set<Outcome>([
  ...(['BadRequest', 'ModelParseError', 'DuplicateSwitchMembers'] as const),
  ...(['InvalidSwitchId', 'ProblemDetails'] as const),
]);

const unreachable = new Set<string | null>([
  'InternalServerError', // The real server's failures are not the sandbox's.
  'Unimplemented', // In the place of a 501, Prism gives a response of its own.
]);

describe('the client, through a proxy that holds each request and response against the document', () => {
  test.each(ids)('gets a documented response of %s', async (id) => {
    for (const call of callsOf(id)) {
      const { outcome } = call;
      const { response, body, violations } = await send(id, call);
      expect({ call, status: response.status, code: codeOf(body) }).toEqual({ call, ...expected(outcome) });
      const places = placesOf(violations);
      const forgiven = places.filter((place) => rejections.has(outcome) && place.startsWith('request'));
      expect({ call, places }).toEqual({ call, places: forgiven });
    }
  });

  test.each(ids)('gets every documented response of %s', (id) => {
    const { successes, errors } = operations[id];
    const outcomes = new Set<string | null>(callsOf(id).map(({ outcome }) => outcome));
    const documented = [...successes.map(String), ...errors.map(({ name }) => name)];
    expect(documented.filter((name) => !outcomes.has(name) && !unreachable.has(name))).toEqual([]);
  });

  test('is told of requests and responses that are against the document', async () => {
    const [usual] = callsOf('getMember');
    const [sent] = callsOf('updateMember');
    if (usual === undefined || sent === undefined) throw new TypeError('There is no call');
    const { violations } = await send('updateMember', { ...sent, body: { pronouns: 5 } });
    expect(placesOf(violations)).toEqual(['request.body.pronouns']);

    sandbox.reset();
    sandbox.faults.add({ operation: 'getMember', status: 418 });
    expect(placesOf((await callProxy('getMember', usual)).violations)).toEqual(['response']);
  });
});

/** Calls an operation from the start of the world and of the limits. */
async function send(id: OperationId, call: Call): Promise<MockResult> {
  sandbox.reset();
  if (call.outcome === 'RateLimitError') {
    // A tenth of a second later there would be room again.
    sandbox.clock.freeze();
    for (const scope of Object.values(operations[id].rateLimit)) {
      sandbox.limits.exhaust(scope, sandbox.clock.now());
    }
  }
  return callProxy(id, call);
}

async function callProxy(id: OperationId, call: Call): Promise<MockResult> {
  const operation = contract.operations.get(id);
  if (operation === undefined || proxy === undefined) throw new TypeError(`${id} cannot be called`);
  const client = createClient({ baseUrl: proxy.url, token: await tokenOf(call.as), userAgent: 'test' });
  return callMock(client, operation, call, call.headers);
}

async function tokenOf(caller: Caller): Promise<string | undefined> {
  if (caller === 'nobody') return undefined;
  if (caller === 'unknown') return 'x'.repeat(64);
  if (caller !== 'key') return sandbox.tokens[caller];
  const { token } = await sandbox.createKey({ system: 'harbor', scopes: ['publicread:all'] });
  return `Bearer ${token}`;
}

function expected(outcome: Outcome): { readonly status: number; readonly code: number | null } {
  if (outcome === '200' || outcome === '204') return { status: Number(outcome), code: null };
  const { status, code } = errorCodes[outcome];
  return { status, code };
}

function codeOf(body: unknown): unknown {
  return isObject(body) ? (body.code ?? null) : null;
}

/** Where a request or its response is against the document, in the proxy's words: `request.body.name`. */
function placesOf(violations: string | null): string[] {
  const list: unknown = JSON.parse(violations ?? '[]');
  if (!Array.isArray(list)) throw new TypeError(`Violations that are no list: ${violations}`);
  return list.map((one: unknown) =>
    isObject(one) && Array.isArray(one.location) ? one.location.join('.') : JSON.stringify(one),
  );
}
