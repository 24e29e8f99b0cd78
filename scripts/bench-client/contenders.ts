/**
 * The clients that are compared, each as its own readme tells to use it.
 */
import openapiFetch from 'openapi-fetch';
import type { paths } from '../../generated/v2/schema.ts';
import { type Limiter, MemoryLimiter, PluralKit } from '../../src/index.ts';
import { isObject } from '../lib/recordings.ts';

export interface Calls {
  /** Gets a system other than the caller's. */
  readonly getSystem: () => Promise<unknown>;
  /** Changes a member of the caller's system. */
  readonly updateMember: (pronouns: string) => Promise<unknown>;
  /** Creates a member in the caller's system. */
  readonly createMember: (name: string) => Promise<unknown>;
  /** Looks up a message; one that is not known is a response too. */
  readonly findMessage: (id: string) => Promise<unknown>;
}

export interface Contender {
  readonly name: string;
  /**
   * Makes a new client.
   *
   * @param isLimited - whether the server has limits; without, clients that pace must be told so
   */
  readonly connect: (url: string, token: string, isLimited?: boolean) => Promise<Calls> | Calls;
}

const userAgent = 'bench/1.0 (bench@example.com)';
const system = 'relays';
const member = 'marina';

export const contenders: readonly Contender[] = [
  { name: 'fetch', connect: connectFetch },
  { name: 'openapi-fetch', connect: connectOpenapiFetch },
  { name: 'pluralkit-openapi', connect: connectOwn },
  { name: 'pkapi.js', connect: (url, token) => connectPkApiJs(url, token) },
  { name: 'pkapi.js + limiter', connect: (url, token) => connectPkApiJs(url, token, true) },
  { name: 'pkapi-ts', connect: connectPkApiTs },
];

function connectFetch(url: string, token: string): Calls {
  const call = async (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) => {
    const headers = { 'User-Agent': userAgent, ...init.headers };
    const response = await fetch(`${url}/v2${path}`, { ...init, headers });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  };
  return {
    getSystem: () => call(`/systems/${system}`),
    updateMember: (pronouns) =>
      call(`/members/${member}`, {
        method: 'PATCH',
        headers: { Authorization: token, 'Content-Type': 'application/json' },
        body: JSON.stringify({ pronouns }),
      }),
    createMember: (name) =>
      call('/members', {
        method: 'POST',
        headers: { Authorization: token, 'Content-Type': 'application/json' },
        body: JSON.stringify({ name }),
      }),
    findMessage: (id) => call(`/messages/${id}`),
  };
}

function connectOpenapiFetch(url: string, token: string): Calls {
  const headers = { 'User-Agent': userAgent };
  const client = openapiFetch<paths>({ baseUrl: `${url}/v2`, headers });
  const read = ({ data, response }: { data?: unknown; response: Response }) => {
    if (!response.ok && response.status !== 404) throw new Error(`${response.status}`);
    return data;
  };
  return {
    getSystem: async () =>
      read(await client.GET('/systems/{systemRef}', { params: { path: { systemRef: system } } })),
    updateMember: async (pronouns) =>
      read(
        await client.PATCH('/members/{memberRef}', {
          params: { path: { memberRef: member } },
          headers: { Authorization: token },
          body: { pronouns },
        }),
      ),
    createMember: async (name) =>
      read(await client.POST('/members', { headers: { Authorization: token }, body: { name } })),
    findMessage: async (id) =>
      read(await client.GET('/messages/{message_id}', { params: { path: { message_id: id } } })),
  };
}

function connectOwn(url: string, token: string, isLimited = true): Calls {
  const options = { userAgent, baseUrl: `${url}/v2`, limiter: isLimited ? new MemoryLimiter() : boundless() };
  const pk = new PluralKit(options);
  const owner = new PluralKit({ ...options, token });
  return {
    getSystem: () => pk.systems.get(system),
    updateMember: (pronouns) => owner.members.update(member, { pronouns }),
    createMember: (name) => owner.members.create({ name }),
    findMessage: (id) => pk.messages.find(id),
  };
}

/** The same limiter with all that it does, but for limits that are never reached. */
function boundless(): Limiter {
  const limiter = new MemoryLimiter();
  return {
    acquire: ({ buckets, signal, timeLeft }) =>
      limiter.acquire({
        buckets: () => buckets().map(({ id }) => ({ id, limit: 1_000_000 })),
        signal,
        timeLeft,
      }),
  };
}

async function connectPkApiJs(url: string, token: string, hasLimiter = false): Promise<Calls> {
  const { default: PkApiJs, DefaultRateLimiter } = await import('pkapi.js');
  const connect = (owner: { token?: string }): InstanceType<typeof PkApiJs.default> => {
    const limiter = hasLimiter ? { rate_limiter: new DefaultRateLimiter() } : {};
    // @ts-expect-error: its types are those of its CommonJS files, where the class lies one level deeper
    return new PkApiJs({ base_url: url, user_agent: userAgent, debug: false, ...limiter, ...owner });
  };
  const pk = connect({});
  const owner = connect({ token });
  return {
    getSystem: () => pk.getSystem({ system }),
    updateMember: (pronouns) => owner.patchMember({ member, pronouns, name: 'Marina' }),
    createMember: (name) => owner.createMember({ name }),
    findMessage: (id) => pk.getMessage({ message: id }).catch(nullIfNotFound),
  };
}

async function connectPkApiTs(url: string, token: string): Promise<Calls> {
  const { default: PkApiTs } = await import('pkapi-ts/Client');
  const pk = new PkApiTs(null, false, url);
  const owner = new PkApiTs(token, false, url);
  return {
    getSystem: () => pk.getSystem(system),
    updateMember: (pronouns) => owner.updateMember(member, { pronouns, name: 'Marina' }),
    createMember: (name) => owner.createMember({ name }),
    findMessage: (id) => pk.getProxiedMessageInformation(id).catch(nullIfNotFound),
  };
}

/** The errors of others are not always errors. */
function nullIfNotFound(error: unknown): null {
  if (isObject(error) && Number(error.status) === 404) return null;
  throw error;
}
