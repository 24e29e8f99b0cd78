/**
 * Replays recorded scenarios against the sandbox.
 */
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { readWorld } from '../../src/sandbox/world/read.ts';
import { type Bindings, compareValues, type Difference } from './comparison.ts';
import { substitute, substituteText } from './placeholders.ts';
import {
  type Exchange,
  isObject,
  type Json,
  loadScenarios,
  loadWorld,
  type Scenario,
  tokenOf,
  type Version,
  type World,
} from './recordings.ts';

export interface ReplayedExchange {
  readonly scenario: Scenario;
  /** Line of the scenario's file. */
  readonly line: number;
  readonly exchange: Exchange;
  /** Empty where the sandbox responded as recorded. */
  readonly differences: readonly Difference[];
}

interface Received {
  readonly status: number;
  readonly type: string | undefined;
  readonly allow: string | undefined;
  /** Undefined where it is empty. */
  readonly body: unknown;
  readonly deliveries: readonly unknown[];
}

const base = 'http://127.0.0.1:4011';

/** Events that the real server sometimes drops in a race, so that recordings may lack them. */
const oftenLost = ['CREATE_MEMBER', 'CREATE_GROUP'];

/**
 * Replays every scenario, each from a fresh world.
 *
 * @param directory - recordings, in the layout of test/recordings
 */
export async function replayAll(directory: string): Promise<ReplayedExchange[]> {
  const sandboxes = new Map<Version, { world: World; sandbox: Sandbox }>();
  const results: ReplayedExchange[] = [];
  for (const scenario of loadScenarios(directory)) {
    const { version } = scenario;
    const known = sandboxes.get(version) ?? openSandbox(version, directory);
    sandboxes.set(version, known);
    known.sandbox.reset();
    results.push(...(await replayScenario(scenario, known.world, known.sandbox)));
  }
  return results;
}

function openSandbox(version: Version, directory: string): { world: World; sandbox: Sandbox } {
  const world = loadWorld(version, directory);
  return { world, sandbox: createSandbox({ world: readWorld(world), v1: version === 'v1' }) };
}

async function replayScenario(
  scenario: Scenario,
  world: World,
  sandbox: Sandbox,
): Promise<ReplayedExchange[]> {
  const bindings: Bindings = new Map();
  const results: ReplayedExchange[] = [];
  for (const [index, exchange] of scenario.exchanges.entries()) {
    const stateBefore = exchange.response.status === 500 ? JSON.stringify(sandbox.world()) : undefined;
    const received = await send(exchange, world, sandbox, bindings);
    const differences = compareResponse(exchange, received, bindings);
    if (stateBefore !== undefined && stateBefore !== JSON.stringify(sandbox.world())) {
      differences.push({ path: 'state', expected: 'unchanged', actual: 'changed' });
    }
    results.push({ scenario, line: index + 2, exchange, differences });
  }
  return results;
}

async function send(
  { as: actor, request }: Exchange,
  world: World,
  sandbox: Sandbox,
  bindings: Bindings,
): Promise<Received> {
  const lookUp = (name: string) => bindings.get(name);
  const target = substituteText(request.path, lookUp);
  const headers = new Headers({ 'User-Agent': 'pluralkit-openapi fidelity' });
  const token = tokenOf(actor, world);
  if (token !== null) headers.set('Authorization', token);
  if (request.body !== undefined) headers.set('Content-Type', 'application/json');
  if (request.raw !== undefined && request.type != null) headers.set('Content-Type', request.type);
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const text =
    request.raw ?? (request.body === undefined ? null : JSON.stringify(substitute(request.body, lookUp)));
  const body = text === null ? null : new TextEncoder().encode(text);
  const before = sandbox.deliveries().length;
  const response = await sandbox.fetch(
    new Request(base + target, { method: request.method, headers, body }),
    {
      target,
    },
  );
  const type = response.headers.get('Content-Type') ?? undefined;
  return {
    status: response.status,
    type,
    allow: response.headers.get('Allow') ?? undefined,
    body: parseBody(await response.text()),
    deliveries: sandbox.deliveries().slice(before),
  };
}

/** Differences of a response from the recorded one. */
function compareResponse(
  { request, response, dispatched = [] }: Exchange,
  received: Received,
  bindings: Bindings,
) {
  if (response.status === 500) return compareWithDefect(received);
  const history = request.method === 'GET' && /\/switches($|\?)/.test(request.path);
  const isProblem = response.type?.startsWith('application/problem+json') === true;
  const differences = [
    ...compareField('status', response.status, received.status),
    ...compareField('type', response.type ?? undefined, received.type),
    ...compareAllow(response.allow, received.allow),
    ...(isProblem
      ? compareProblem(response.body, received.body)
      : compareBodies(response.body, received.body, bindings, history)),
  ];
  const events = dispatched.map(typeOfEvent);
  const sent = received.deliveries.filter((event) => {
    const type = typeOfEvent(event);
    return !oftenLost.includes(type) || events.includes(type);
  });
  return [...differences, ...compareValues([...dispatched], sent, bindings, 'dispatched')];
}

/** Where the recorded server failed with 500, the sandbox must return a clear error response. */
function compareWithDefect({ status, body, deliveries }: Received): Difference[] {
  const isRejection =
    (status === 400 || status === 404) && isObject(body) && typeof body.message === 'string';
  return [
    ...(isRejection
      ? []
      : [{ path: 'status', expected: '400 or 404 with a message', actual: { status, body } }]),
    ...compareField('dispatched', 0, deliveries.length),
  ];
}

function compareBodies(
  expected: Json | undefined,
  actual: unknown,
  bindings: Bindings,
  ordered: boolean,
): Difference[] {
  if (expected === undefined || actual === undefined) return compareField('body', expected, actual);
  return compareValues(expected, actual, bindings, 'body', { ordered });
}

function compareProblem(expected: Json | undefined, actual: unknown): Difference[] {
  const part = (body: unknown, key: string) => (isObject(body) ? body[key] : undefined);
  return ['status', 'title'].flatMap((key) =>
    compareField(`body.${key}`, part(expected, key), part(actual, key)),
  );
}

function compareField(path: string, expected: unknown, actual: unknown): Difference[] {
  return expected === actual ? [] : [{ path, expected, actual }];
}

/**
 * The order in the recordings is derived, and differs from that of the real gateway, which also sends the header where
 * none is recorded.
 */
function compareAllow(expected: string | undefined, actual: string | undefined): Difference[] {
  if (expected === undefined) return [];
  const sorted = (list: string | undefined) => list?.split(',').sort().join(',');
  return compareField('allow', sorted(expected), sorted(actual));
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function typeOfEvent(event: unknown): string {
  return isObject(event) && isObject(event.payload) ? String(event.payload.type) : '';
}
