/**
 * What an API key should see, derived from the responses to callers that need none: the owner's token, and no token at all.
 * Nothing here knows how the sandbox decides.
 */
import { expect } from 'vitest';
import { type OperationDescription, operations as table } from '../../generated/v2/operations.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import type { ApiKeyScope } from '../../src/models/api-key.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { readWorld } from '../../src/sandbox/world/read.ts';
import type { FullWorld, WorldSystem } from '../../src/sandbox/world/world.ts';
import { type Contract, describeErrors, loadContract, mediaTypeOf } from '../document/contract.ts';
import { recordedWorld, send } from './support.ts';

export const operations: readonly OperationDescription[] = Object.values(table);

const levels = ['none', 'publicread', 'read', 'write'];
export const parts = ['system', 'members', 'groups', 'fronters', 'switches', 'all'] as const;
export const scopes: readonly ApiKeyScope[] = [
  'identify',
  ...(['publicread', 'read', 'write'] as const).flatMap((level) =>
    parts.map((part) => `${level}:${part}` as const),
  ),
];

/** Whether scopes reach a level of a part, as a number to compare with `rank`. */
export function levelOf(held: readonly string[], part: string): number {
  const reached = held.map((scope) => {
    const [level = '', covered] = scope.split(':');
    const covers = covered === 'all' || covered === part || (covered === 'switches' && part === 'fronters');
    return covers ? rank(level) : 0;
  });
  return Math.max(0, ...reached);
}

export function rank(level: string): number {
  return levels.indexOf(level);
}

export const canRead = (held: readonly string[], part: string) => levelOf(held, part) >= rank('read');

/** Whether nobody needs a token for it. */
export function isOpen({ security }: OperationDescription): boolean {
  return security.some((requirement) => Object.keys(requirement).length === 0);
}

/** Whether a key has the scope that the document names for an operation. */
export function hasScope(held: readonly string[], { apiKeyScope }: OperationDescription): boolean {
  return apiKeyScope !== null && levelOf(held, apiKeyScope.part) >= rank(apiKeyScope.level);
}

export const guild = '466707357099884544';

/** The recorded world, where every member and system has settings for the guild. */
export const world: FullWorld = readWorld({
  ...recordedWorld,
  systems: recordedWorld.systems.map((system) => ({
    ...system,
    guilds: [{ guild_id: guild, display_name: 'Here' }],
    members: system.members.map((member) => ({
      ...member,
      guilds: [{ guild_id: guild, display_name: `${member.name} here` }],
    })),
  })),
});

/** A system with things both public and private. */
export const mixed = systemOf('alices');
/** A system that keeps all it has private. */
export const secretive = systemOf('bobby');
/** A system that keeps nothing private. */
export const otherSystem = systemOf('davedd');

function systemOf(id: string): WorldSystem {
  const found = world.systems.find((system) => system.id === id);
  if (found === undefined) throw new RangeError(`The world has no system ${id}`);
  return found;
}

export function open(): Sandbox {
  return createSandbox({ world, seed: 1 });
}

export interface Received {
  readonly status: number;
  /** Null where there is none. */
  readonly body: unknown;
}

export const forbidden: Received = {
  status: 403,
  body: { message: '403: Missing permissions to access this resource', code: 0 },
};

export interface Request {
  readonly operation: OperationDescription;
  readonly path: string;
  readonly body?: unknown;
}

const contract: Contract = loadContract('v2');

/** Sends a request, and holds the response against the document, which lets no key pass that it doesn't name. */
export async function ask(
  sandbox: Sandbox,
  { operation, path, body }: Request,
  authorization?: string,
): Promise<Received> {
  const response = await sandbox.fetch(path, {
    method: operation.method,
    headers: {
      'User-Agent': 'test',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(authorization !== undefined && { Authorization: authorization }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const read: unknown = text === '' ? null : JSON.parse(text);
  checkResponse(operation.id, response, read);
  return { status: response.status, body: read };
}

function checkResponse(id: string, { status, headers }: Response, body: unknown): void {
  const bodies = contract.operations.get(id)?.responses.get(status);
  if (bodies === undefined) throw new Error(`${id} documents no status ${status}`);
  if (body === null) return;
  const described = bodies.get(mediaTypeOf(headers.get('Content-Type') ?? ''));
  const faults = described?.checkClosed(body) ?? [];
  if (described === undefined || faults.length > 0) {
    throw new Error(`${id} returns ${status}, which is not documented: ${describeErrors(faults).join(', ')}`);
  }
}

/** What references in a path stand for. */
export interface References {
  readonly systemRef: string;
  readonly memberRef?: string | undefined;
  readonly groupRef?: string | undefined;
  readonly switchRef?: string | undefined;
  readonly message_id?: string | undefined;
}

export function pathOf({ path, unstable, id }: OperationDescription, references: References): string {
  const values: Readonly<Record<string, string | undefined>> = { ...references, guild_id: guild };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `no-${name}`);
  const query = id.endsWith('AutoproxySettings') ? `?guild_id=${guild}` : '';
  return `${unstable ? '' : '/v2'}${filled}${query}`;
}

/** Every path of an operation that leads to something of a system. */
export function pathsTo(
  operation: OperationDescription,
  system: WorldSystem,
  systemRef = system.id,
): string[] {
  const takes = (name: string) => operation.parameters.path.includes(name);
  const idsOf = (name: string, things: readonly { readonly id: string }[]) =>
    takes(name) ? things.map(({ id }) => id) : [undefined];
  const memberIds = system.members.map(({ id }) => id);
  const messages = world.messages.filter(({ member }) => member !== null && memberIds.includes(member));
  const paths = idsOf('memberRef', system.members).flatMap((memberRef) =>
    idsOf('groupRef', system.groups).flatMap((groupRef) =>
      idsOf('switchRef', system.switches).flatMap((switchRef) =>
        idsOf('message_id', messages).map((message_id) =>
          pathOf(operation, { systemRef, memberRef, groupRef, switchRef, message_id }),
        ),
      ),
    ),
  );
  return operation.parameters.query.includes('with_members')
    ? [...paths, ...paths.map((path) => `${path}?with_members=true`)]
    : paths;
}

/** The objects in a list, or in a property that is one. */
export function objectsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Whether a header is taken for the system's. */
export async function isTaken(sandbox: Sandbox, authorization: string): Promise<boolean> {
  const response = await send(sandbox, 'GET', '/v2/systems/@me', {
    headers: { Authorization: authorization },
  });
  expect([200, 401]).toContain(response.status);
  return response.status === 200;
}
