import { isPluralKitError, MemoryLimiter, PluralKit, type PluralKitOptions } from 'pluralkit-openapi';
import { createApiKeyPair, nextBirthday, signApiKey, verifyApiKey } from 'pluralkit-openapi/models';
import { createClient } from 'pluralkit-openapi/v1';
import { createTestEvent, createWebhookHandler } from 'pluralkit-openapi/webhooks';

/** All that a call of each kind needs. */
export interface Settings {
  /** Of a sandbox with its world at the start, where reading a group takes long. */
  readonly url: string;
  /** Where nothing listens. */
  readonly nowhere: string;
  /** Of the system `harbor`. */
  readonly token: string;
  readonly userAgent: string;
}

/** Makes calls of every kind, by nothing but what all runtimes have, and tells what came of them. */
export async function run({ url, nowhere, token, userAgent }: Settings): Promise<object> {
  const limiter = new MemoryLimiter();
  const scopes = new Set<string>();
  let rateLimited = 0;
  const options: PluralKitOptions = {
    ...{ token, userAgent, limiter },
    baseUrl: `${url}/v2`,
    onResponse: ({ rateLimit }) => rateLimit.scope && scopes.add(rateLimit.scope),
    onRateLimit: () => rateLimited++,
  };
  const pk = new PluralKit(options);
  const calls = await callsOf(pk);
  const errors = await errorsOf(pk);
  return {
    ...{ calls, errors, scopes: [...scopes].sort(), rateLimited },
    userAgents: ['', 'ünicode/1.0'].map((text) => complaintOf({ ...options, userAgent: text })),
    unreachable: await callNobody({ ...options, baseUrl: nowhere, retry: { attempts: 2 } }),
    versionOne: await callVersionOne(url, userAgent),
    webhook: await receiveEvents(),
    models: await useModels(),
  };
}

async function callsOf(pk: PluralKit): Promise<object> {
  const { name, privacy } = await pk.systems.get('@me');
  const created = await pk.members.create({ name: 'Juniper', privacy: { visibility: 'private' } });
  const burst = await Promise.all(
    [1, 2, 3, 4].map((count) => pk.members.update(created.id, { pronouns: `they/${count}` })),
  );
  const names: string[] = [];
  for await (const member of pk.members.list('@me')) names.push(member.name);
  const switches: string[] = [];
  for await (const { timestamp } of pk.switches.history('@me', { limit: 2 })) switches.push(timestamp);
  const found = await pk.messages.find(920000000000000001n);
  const { data, response } = await pk.fetch.GET('/systems/{systemRef}', {
    params: { path: { systemRef: 'relays' } },
  });
  return {
    own: [name, privacy?.name_privacy],
    created: created.privacy.visibility,
    burst: burst.map(({ pronouns }) => pronouns),
    ...{ names, switches },
    fronters: await pk.switches.getFronters('nooks'),
    message: found?.member?.name,
    unknownMessage: await pk.messages.find('920000000000000099'),
    lowLevel: [data?.name, response.headers.get('X-RateLimit-Limit')],
  };
}

async function errorsOf(pk: PluralKit): Promise<object> {
  const controller = new AbortController();
  setTimeout(() => controller.abort('enough'), 50);
  const failures = {
    unknown: pk.members.get('zzzzz'),
    invalid: pk.members.create({ name: 'x'.repeat(101) }),
    mistyped: pk.members.create({ name: 'x', privacy: Object({ visibilty: 'private' }) }),
    aborted: pk.groups.get('aaaaaa', { signal: controller.signal }),
    abortedBefore: pk.groups.get('aaaaaa', { signal: AbortSignal.abort('before') }),
    timedOut: pk.groups.get('aaaaaa', { timeout: 50 }),
  };
  const told = Object.entries(failures).map(async ([kind, call]) => [kind, await failureOf(call)] as const);
  return Object.fromEntries(await Promise.all(told));
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return { result: await call };
  } catch (error) {
    if (!isPluralKitError(error)) return String(error);
    const { name, codeName, status, errors, cause = null } = error;
    return [name, codeName, status, Object.keys(errors), cause];
  }
}

function complaintOf(options: PluralKitOptions): string | null {
  try {
    new PluralKit(options);
    return null;
  } catch (error) {
    return String(error);
  }
}

/** How often calls are sent to a server that is not there. */
async function callNobody(options: PluralKitOptions): Promise<object> {
  const sent = { GET: 0, PATCH: 0 };
  const onRequest = ({ method }: { method: string }) => {
    if (method === 'GET' || method === 'PATCH') sent[method]++;
  };
  const pk = new PluralKit({ ...options, onRequest });
  const failures = await Promise.allSettled([pk.systems.get('@me'), pk.systems.update('@me', { tag: null })]);
  const errors = failures.map((failure) => failure.status === 'rejected' && failure.reason.name);
  return { ...sent, errors };
}

async function callVersionOne(url: string, userAgent: string): Promise<unknown> {
  const client = createClient({ baseUrl: `${url}/v1`, userAgent });
  const { data, response } = await client.GET('/s/{id}', { params: { path: { id: 'harbor' } } });
  return [response.status, data?.name];
}

async function receiveEvents(): Promise<unknown> {
  const handled: unknown[] = [];
  const handle = createWebhookHandler({
    token: 'right',
    on: { UPDATE_MEMBER: ({ data }) => handled.push(data) },
  });
  const post = async (signing_token: string) => {
    const event = createTestEvent('UPDATE_MEMBER', { signing_token, data: { name: 'Ann' } });
    const request = new Request('http://localhost', { method: 'POST', body: JSON.stringify(event) });
    return (await handle(request)).status;
  };
  return { statuses: [await post('wrong'), await post('right')], handled };
}

async function useModels(): Promise<unknown> {
  const { publicKey, privateKey } = await createApiKeyPair();
  const systemId = '0b7e8c9d-1a2b-4c3d-8e4f-5a6b7c8d9e0f';
  const content = { id: 'key', systemId, type: 'user_created', scopes: ['read:members'] };
  const genuine = await verifyApiKey(await signApiKey(content, privateKey), publicKey);
  return { genuine: genuine?.scopes, birthday: nextBirthday('0004-12-24', '2025-03-01') };
}
