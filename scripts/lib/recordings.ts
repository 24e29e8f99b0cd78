/**
 * Reads the recorded exchanges of test/recordings: see the README there for what each part means.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../src/models/is-object.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Version of the API: it names the folder of the recordings, and the world that they start from. */
export type Version = 'v1' | 'v2';

/** The caller: the name of a system of the world, none, or the owner of that token. */
export type Actor = string | null | { readonly token: string };

interface RecordedRequest {
  readonly method: string;
  /** From the version's prefix on, with the query: `/v2/systems/@me/switches?limit=1`. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: Json;
  /** Sent unchanged, with `type` as Content-Type (null sends none). */
  readonly raw?: string;
  readonly type?: string | null;
  /** Headers that differ from the usual ones; null removes one. */
  readonly headers?: { readonly [name: string]: string | null };
}

export interface RecordedResponse {
  readonly status: number;
  /** Content-Type; absent where the server sent none. */
  readonly type?: string;
  /** Absent where the server sent an empty body. */
  readonly body?: Json;
  readonly allow?: string;
}

export interface Exchange {
  readonly as: Actor;
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
  /** Webhook events sent because of the call. */
  readonly dispatched?: readonly Json[];
  /** `api`: recorded from the server. `gateway`: derived from the proxy in front of it. */
  readonly from: 'api' | 'gateway';
}

export interface Scenario {
  /** Path of the file within the recordings, without its ending: `v2/members/patch`. */
  readonly name: string;
  readonly about: string;
  readonly version: Version;
  readonly exchanges: readonly Exchange[];
}

export interface WorldSystem {
  readonly id: string;
  readonly uuid: string;
  readonly token: string | null;
  readonly [key: string]: Json;
}

/** What every scenario of a version starts from. */
export interface World {
  readonly systems: readonly WorldSystem[];
  readonly messages: readonly Json[];
}

export const recordingsDirectory: string = join(import.meta.dirname, '../../test/recordings');

/**
 * Every scenario of the recordings, in the order of their names.
 *
 * @param directory - the folder that holds `v1` and `v2`
 * @throws SyntaxError on a line that is no JSON; TypeError on one that is no exchange
 */
export function loadScenarios(directory: string = recordingsDirectory): Scenario[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /^v[12]\/.*\.jsonl$/.test(file))
    .sort()
    .map((file) => loadScenario(directory, file));
}

function loadScenario(directory: string, file: string): Scenario {
  const [first, ...rest] = readFileSync(join(directory, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const name = file.slice(0, -'.jsonl'.length);
  const version = name.startsWith('v1/') ? 'v1' : 'v2';
  if (!isObject(first) || typeof first.about !== 'string') {
    throw new TypeError(`${file}:1 does not say what the scenario is about`);
  }
  const exchanges = rest.map((line, index) => {
    if (!isExchange(line)) throw new TypeError(`${file}:${index + 2} is no exchange`);
    return line;
  });
  return { name, about: first.about, version, exchanges };
}

/** The world that every scenario of a version starts from. */
export function loadWorld(version: Version, directory: string = recordingsDirectory): World {
  const file = join(directory, version === 'v1' ? 'world-v1.json' : 'world.json');
  const world: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isWorld(world)) throw new TypeError(`${file} is no world`);
  return world;
}

/** The system that an actor's name stands for: the one whose id begins with the same letter. */
export function systemOf(name: string, world: World): WorldSystem {
  const system = world.systems.find(({ id }) => id[0] === name[0]);
  if (!system) throw new RangeError(`No system of the world is ${name}'s`);
  return system;
}

/** What an actor sends in `Authorization`; null sends no such header. */
export function tokenOf(actor: Actor, world: World): string | null {
  if (actor === null) return null;
  return typeof actor === 'string' ? systemOf(actor, world).token : actor.token;
}

function isExchange(value: unknown): value is Exchange {
  if (!isObject(value) || !isObject(value.request) || !isObject(value.response)) return false;
  const { as: actor, from, request, response } = value;
  return (
    (actor === null || typeof actor === 'string' || (isObject(actor) && typeof actor.token === 'string')) &&
    (from === 'api' || from === 'gateway') &&
    typeof request.method === 'string' &&
    typeof request.path === 'string' &&
    typeof response.status === 'number' &&
    (response.type === undefined || typeof response.type === 'string')
  );
}

function isWorld(value: unknown): value is World {
  return (
    isObject(value) &&
    Array.isArray(value.messages) &&
    Array.isArray(value.systems) &&
    value.systems.every((system) => isObject(system) && typeof system.id === 'string')
  );
}

export { isObject };
