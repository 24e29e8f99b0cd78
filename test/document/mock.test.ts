import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { createClient as createClientV1 } from '../../generated/v1/client.ts';
import type { components as ComponentsV1 } from '../../generated/v1/schema.ts';
import { createClient } from '../../generated/v2/client.ts';
import type { components } from '../../generated/v2/schema.ts';
import { errorSchemas } from '../../scripts/lib/errors.ts';
import { type Json, loadWorld, tokenOf, type Version } from '../../scripts/lib/recordings.ts';
import { availablePort, type RunningServer, startMock } from '../../scripts/lib/servers.ts';
import { endTools } from '../../scripts/lib/tools.ts';
import { type Contract, describeErrors, loadContract, mediaTypeOf, type Operation } from './contract.ts';
import { callMock, exampleBodies, exampleRequest, type MockResult, needsToken } from './mock.ts';
import { mutationsOf } from './mutations.ts';

const mocks = new Map<Version, RunningServer>();
const token = tokenOf('alice', loadWorld('v2')) ?? '';

beforeAll(async () => {
  // Ends the mocks also where the tests are interrupted
  process.once('exit', endTools);
  for (const version of ['v2', 'v1'] as const) {
    mocks.set(version, await startMock(version, await availablePort(0)));
  }
});

afterAll(async () => {
  await Promise.all([...mocks.values()].map((mock) => mock.stop()));
});

/** The address that the operation's path is added to. */
function urlOf(version: Version, path = ''): string {
  const mock = mocks.get(version);
  if (!mock) throw new Error(`The mock of ${version} does not run`);
  return path.startsWith('/private/') ? new URL(mock.url).origin : mock.url;
}

function clientOf(
  version: Version,
  operation: Operation,
  options: { readonly token?: string } = { token },
): object {
  const baseUrl = urlOf(version, operation.path);
  return (version === 'v1' ? createClientV1 : createClient)({ baseUrl, ...options });
}

describe.each(['v2', 'v1'] as const)('the mock of %s, by the generated client', (version) => {
  const contract = loadContract(version);
  const operations = [...contract.operations.values()];
  const cases = (list: readonly Operation[]) =>
    list.map((operation) => [operation.operationId, operation] as const);

  test.each(cases(operations))('%s responds as the document says', async (_, operation) => {
    const result = await callMock(clientOf(version, operation), operation, exampleRequest(operation));
    expect(result.violations).toBeNull();
    expect(result.response.ok).toBe(true);
    expect(faultsOf(result, operation)).toEqual([]);
  });

  test.each(cases(operations))(
    '%s gives each documented error where it is asked for',
    async (_, operation) => {
      for (const { status, code, headers } of errorsOf(operation, contract)) {
        const result = await callMock(
          clientOf(version, operation),
          operation,
          exampleRequest(operation),
          headers,
        );
        expect(`${headers.Prefer} → ${result.response.status}`).toBe(`${headers.Prefer} → ${status}`);
        expect(faultsOf(result, operation)).toEqual([]);
        if (code !== null) expect(result.body).toMatchObject({ code });
      }
    },
  );

  const withBody = operations.filter(({ requestBodies }) => requestBodies.size > 0);
  test.each(cases(withBody))(
    '%s takes the examples of its body, and rejects what the document forbids',
    async (_, operation) => {
      const request = exampleRequest(operation);
      const send = (body: unknown) => callMock(clientOf(version, operation), operation, { ...request, body });
      for (const body of exampleBodies(operation)) {
        expect(await send(body)).toMatchObject({ violations: null, response: { ok: true } });
      }
      const forbidden = forbiddenBodies(operation);
      expect(forbidden.length).toBeGreaterThan(0);
      for (const body of forbidden) {
        const { response, violations } = await send(body);
        expect(`${JSON.stringify(body)} → ${response.status}`).toMatch(/ → 4\d\d$/);
        expect(violations).toContain('"body"');
      }
    },
  );

  const withToken = operations.filter((operation) => needsToken(operation, contract.document));
  test.each(cases(withToken))('%s rejects a request without a token', async (_, operation) => {
    const result = await callMock(clientOf(version, operation, {}), operation, exampleRequest(operation));
    expect(result.response.status).toBe(401);
    expect(faultsOf(result, operation)).toEqual([]);
  });

  const withPath = operations.filter(({ path }) => path.includes('{'));
  test.each(cases(withPath))('%s rejects an invalid reference', async (_, operation) => {
    const request = exampleRequest(operation);
    const path = Object.fromEntries(Object.keys(request.path).map((name) => [name, 'no reference!']));
    const { response, body, violations } = await callMock(clientOf(version, operation), operation, {
      ...request,
      path,
    });
    expect(String(response.status)).toMatch(/^4\d\d$/);
    // Where no 400 is documented, Prism gives a response of its own
    expect(violations ?? JSON.stringify(body)).toMatch(/"location":\[(?:"request",)?"path"/);
  });
});

/** Why a response is not one that the document has for the operation. */
function faultsOf({ response, body }: MockResult, operation: Operation): string[] {
  const bodies = operation.responses.get(response.status);
  if (!bodies) return [`status ${response.status} is not documented`];
  if (bodies.size === 0) return isNothing(body) ? [] : ['there is a body where none is documented'];
  const mediaType = mediaTypeOf(response.headers.get('content-type') ?? '');
  const documented = bodies.get(mediaType);
  if (!documented) return [`content type ${mediaType} is not documented`];
  return describeErrors(documented.checkClosed(body));
}

/** openapi-fetch gives an empty text for an empty error. */
function isNothing(body: unknown): boolean {
  return body === undefined || body === '';
}

/** Each documented error with what makes Prism give it. Examples of errors are named by their schemas. */
function errorsOf(operation: Operation, { document }: Contract) {
  const withBody = errorSchemas(document, operation.definition).map(({ status, code, name, mediaType }) => {
    const examples = operation.responses.get(status)?.get(mediaType)?.examples;
    const example = name !== null && examples?.has(name) ? `, example=${name}` : '';
    return { status, code, headers: { Prefer: `code=${status}${example}`, Accept: mediaType } };
  });
  const withNone = [...operation.responses]
    .filter(([status, bodies]) => status >= 400 && bodies.size === 0)
    .map(([status]) => ({ status, code: null, headers: { Prefer: `code=${status}` } }));
  return [...withBody, ...withNone];
}

/** Bodies that differ in one place from an example, and that the published schema forbids. */
function forbiddenBodies(operation: Operation): Json[] {
  const body = operation.requestBodies.get('application/json');
  const example = exampleBodies(operation).find(isJson);
  if (!body || example === undefined) return [];
  return mutationsOf(example)
    .map(({ value }) => value)
    .filter((value) => body.checkOpen(value).length > 0);
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}

describe('the types of the generated client', () => {
  type Schemas = components['schemas'];
  type SchemasV1 = ComponentsV1['schemas'];
  const member = { path: { memberRef: 'qwert' } };
  const system = { path: { systemRef: 'exmpl' } };

  test('are the models that the mock returns', async () => {
    const pk = createClient({ baseUrl: urlOf('v2'), token });

    const { data: found } = await pk.GET('/members/{memberRef}', { params: member });
    expectTypeOf(found).branded.toEqualTypeOf<Schemas['Member'] | undefined>();
    expectTypeOf<Schemas['Member']['privacy']>().toEqualTypeOf<Schemas['MemberPrivacy'] | null>();
    expect(found?.proxy_tags).toBeInstanceOf(Array);

    const { data: changed } = await pk.PATCH('/members/{memberRef}', {
      params: member,
      body: { name: 'Ann' },
    });
    expectTypeOf(changed).branded.toEqualTypeOf<Schemas['OwnMember'] | undefined>();
    expectTypeOf<Schemas['OwnMember']['privacy']>().toExtend<Schemas['MemberPrivacy']>();
    expect(changed?.privacy.visibility).toMatch(/^(?:public|private)$/);

    const { data: members } = await pk.GET('/systems/{systemRef}/members', { params: system });
    expectTypeOf(members).branded.toEqualTypeOf<Schemas['Member'][] | undefined>();
    expect(members?.[0]?.id).toBeTypeOf('string');

    const { data: fronters } = await pk.GET('/systems/{systemRef}/fronters', { params: system });
    expectTypeOf(fronters).branded.toEqualTypeOf<Schemas['Fronters'] | undefined>();
    expect(fronters?.members[0]?.name).toBeTypeOf('string');

    const { data: switches } = await pk.GET('/systems/{systemRef}/switches', {
      params: { ...system, query: { limit: 1, before: '2026-01-01T00:00:00Z' } },
    });
    expectTypeOf(switches).branded.toEqualTypeOf<Schemas['Switch'][] | undefined>();
    expectTypeOf<Schemas['Switch']['members'][number]>().toBeString();
    expect(switches?.[0]?.timestamp).toBeTypeOf('string');

    const { data: message } = await pk.GET('/messages/{message_id}', {
      params: { path: { message_id: '1212345678901234567' } },
    });
    expectTypeOf(message).branded.toEqualTypeOf<Schemas['Message'] | undefined>();
    expect(message?.id).toBeTypeOf('string');
  });

  test('have code and message for errors', async () => {
    const pk = createClient({ baseUrl: urlOf('v2'), token });
    const headers = { Prefer: 'code=404, example=MemberNotFound' };
    const { error } = await pk.GET('/members/{memberRef}', { params: member, headers });
    expectTypeOf(error).toExtend<{ message: string; code: number } | undefined>();
    expectTypeOf<Schemas['MemberNotFound']>().toExtend<typeof error>();
    expect(error).toMatchObject({ code: 20_002 satisfies Schemas['MemberNotFound']['code'] });
  });

  test('forbid at compile time what the mock rejects', async () => {
    const pk = createClient({ baseUrl: urlOf('v2'), token });
    // @ts-expect-error -- a name is a text
    const wrongType = await pk.PATCH('/members/{memberRef}', { params: member, body: { name: 5 } });
    expect(wrongType.response.status).toBe(400);
    // @ts-expect-error -- a member needs a name
    const missing = await pk.POST('/members', { body: { pronouns: 'they/them' } });
    expect(missing.response.status).toBe(400);
    expectTypeOf(pk.GET).parameter(0).extract<'/private/bulk_privacy/member'>().toBeNever();
  });

  test('are models of their own in version 1', async () => {
    const pk = createClientV1({ baseUrl: urlOf('v1'), token });
    const { data } = await pk.GET('/m/{id}', { params: { path: { id: 'qwert' } } });
    expectTypeOf(data).branded.toEqualTypeOf<SchemasV1['Member'] | SchemasV1['OwnMember'] | undefined>();
    expect(data?.name).toBeTypeOf('string');
  });
});
