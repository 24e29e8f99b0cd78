/**
 * The clients that are compared, each used as its own readme says.
 */
import openapiFetch from 'openapi-fetch';
import type { paths } from '../../generated/v2/schema.ts';
import { MemoryLimiter, PluralKit } from '../../src/index.ts';
import { isObject } from '../lib/recordings.ts';

export interface Calls {
  /** Gets a system, with no token. */
  readonly getSystem: () => Promise<unknown>;
  /** Gets the caller's own system. */
  readonly getOwnSystem: () => Promise<unknown>;
  /** Gets another system, with a token where the client supports that. */
  readonly getOtherSystem: () => Promise<unknown>;
  /** Changes the caller's member. */
  readonly updateMember: (pronouns: string) => Promise<unknown>;
  readonly createMember: (name: string) => Promise<unknown>;
  /** Looks up a message. “Not found” is a valid result. */
  readonly findMessage: (id: string) => Promise<unknown>;
}

export interface Place {
  /** Of the server, without a version. */
  readonly url: string;
  /** Of two users. */
  readonly tokens: readonly [string, string];
  /** What sends the requests; else the global one. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface Contender {
  readonly name: string;
  /** Makes a new client for each of two users, in one process. */
  readonly connect: (place: Place) => Promise<readonly [Calls, Calls]>;
}

const userAgent = 'bench/1.0 (bench@example.com)';
/** A system of neither user. */
const system = 'nooks';
const member = 'marina';

export const contenders: readonly Contender[] = [
  { name: 'fetch', connect: forEachUser(connectFetch) },
  { name: 'openapi-fetch', connect: forEachUser(connectOpenapiFetch) },
  { name: 'pluralkit-openapi', connect: connectOwn },
  { name: 'pkapi.js', connect: forEachUser((place, token) => connectPkApiJs(place, token)) },
  { name: 'pkapi.js + limiter', connect: connectLimitedPkApiJs },
  { name: 'pkapi-ts', connect: connectPkApiTs },
];

function forEachUser(connect: (place: Place, token: string) => Calls | Promise<Calls>): Contender['connect'] {
  return async (place) => [await connect(place, place.tokens[0]), await connect(place, place.tokens[1])];
}

function connectFetch({ url, fetch = globalThis.fetch }: Place, token: string): Calls {
  const call = async (path: string, init: RequestInit = {}, isOwner = true) => {
    const headers = {
      'User-Agent': userAgent,
      ...(isOwner && { Authorization: token }),
      ...(init.body && { 'Content-Type': 'application/json' }),
    };
    const response = await fetch(`${url}/v2${path}`, { ...init, headers });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  };
  return {
    getSystem: () => call(`/systems/${system}`, {}, false),
    getOwnSystem: () => call('/systems/@me'),
    getOtherSystem: () => call(`/systems/${system}`),
    updateMember: (pronouns) =>
      call(`/members/${member}`, { method: 'PATCH', body: JSON.stringify({ pronouns }) }),
    createMember: (name) => call('/members', { method: 'POST', body: JSON.stringify({ name }) }),
    findMessage: (id) => call(`/messages/${id}`),
  };
}

function connectOpenapiFetch({ url, fetch = globalThis.fetch }: Place, token: string): Calls {
  const options = { baseUrl: `${url}/v2`, fetch };
  const anyone = openapiFetch<paths>({ ...options, headers: { 'User-Agent': userAgent } });
  const owner = openapiFetch<paths>({
    ...options,
    headers: { 'User-Agent': userAgent, Authorization: token },
  });
  const read = ({ data, response }: { data?: unknown; response: Response }) => {
    if (!response.ok && response.status !== 404) throw new Error(`${response.status}`);
    return data;
  };
  const get = async (client: typeof owner, systemRef: string) =>
    read(await client.GET('/systems/{systemRef}', { params: { path: { systemRef } } }));
  return {
    getSystem: () => get(anyone, system),
    getOwnSystem: () => get(owner, '@me'),
    getOtherSystem: () => get(owner, system),
    updateMember: async (pronouns) =>
      read(
        await owner.PATCH('/members/{memberRef}', {
          params: { path: { memberRef: member } },
          body: { pronouns },
        }),
      ),
    createMember: async (name) => read(await owner.POST('/members', { body: { name } })),
    findMessage: async (id) =>
      read(await owner.GET('/messages/{message_id}', { params: { path: { message_id: id } } })),
  };
}

async function connectOwn({ url, tokens, fetch }: Place): Promise<[Calls, Calls]> {
  const limiter = new MemoryLimiter();
  const anyone = new PluralKit({ userAgent, baseUrl: `${url}/v2`, limiter, ...(fetch && { fetch }) });
  const callsOf = (token: string): Calls => {
    const owner = anyone.with({ token });
    return {
      getSystem: () => anyone.systems.get(system),
      getOwnSystem: () => owner.systems.get('@me'),
      getOtherSystem: () => owner.systems.get(system),
      updateMember: (pronouns) => owner.members.update(member, { pronouns }),
      createMember: (name) => owner.members.create({ name }),
      findMessage: (id) => owner.messages.find(id),
    };
  };
  return [callsOf(tokens[0]), callsOf(tokens[1])];
}

async function connectLimitedPkApiJs(place: Place): Promise<[Calls, Calls]> {
  const { DefaultRateLimiter } = await import('pkapi.js');
  const limiter = new DefaultRateLimiter();
  return [
    await connectPkApiJs(place, place.tokens[0], limiter),
    await connectPkApiJs(place, place.tokens[1], limiter),
  ];
}

/** It takes no `fetch`, but its HTTP library can use the global one. */
async function connectPkApiJs({ url, fetch }: Place, token: string, limiter?: object): Promise<Calls> {
  const { default: PkApiJs } = await import('pkapi.js');
  const { default: axios } = await import('axios');
  if (fetch) axios.defaults.adapter = 'fetch';
  const connect = (owner: { token?: string }): InstanceType<typeof PkApiJs.default> => {
    const options = { base_url: url, user_agent: userAgent, debug: false, ...owner };
    // @ts-expect-error: its types are those of its CommonJS files, where the class lies one level deeper
    return new PkApiJs({ ...options, ...(limiter && { rate_limiter: limiter }) });
  };
  const anyone = connect({});
  const owner = connect({ token });
  return {
    getSystem: () => anyone.getSystem({ system }),
    getOwnSystem: () => owner.getSystem({}),
    // With a token it always gets the caller's own system.
    getOtherSystem: () => anyone.getSystem({ system }),
    updateMember: (pronouns) => owner.patchMember({ member, pronouns, name: 'Marina' }),
    createMember: (name) => owner.createMember({ name }),
    findMessage: (id) => owner.getMessage({ message: id }).catch(nullIfNotFound),
  };
}

async function connectPkApiTs({ url, tokens }: Place): Promise<[Calls, Calls]> {
  const { default: PkApiTs } = await import('pkapi-ts/Client');
  const { default: DefaultRateLimiter } = await import('pkapi-ts/RateLimiter/DefaultRateLimiter');
  const limiter = new DefaultRateLimiter();
  const anyone = new PkApiTs(null, false, url, limiter);
  const callsOf = (token: string): Calls => {
    const owner = new PkApiTs(token, false, url, limiter);
    return {
      getSystem: () => anyone.getSystem(system),
      getOwnSystem: () => owner.getSystem('@me'),
      getOtherSystem: () => owner.getSystem(system),
      updateMember: (pronouns) => owner.updateMember(member, { pronouns, name: 'Marina' }),
      createMember: (name) => owner.createMember({ name }),
      findMessage: (id) => owner.getProxiedMessageInformation(id).catch(nullIfNotFound),
    };
  };
  return [callsOf(tokens[0]), callsOf(tokens[1])];
}

/** Some clients throw values that are no `Error`. */
function nullIfNotFound(error: unknown): null {
  if (isObject(error) && Number(error.status) === 404) return null;
  throw error;
}
