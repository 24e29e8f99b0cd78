import { expect, test } from 'vitest';
import { loadWorld } from '../../scripts/lib/recordings.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { readWorld } from '../../src/sandbox/world/read.ts';
import { openSandbox, send, sendForJson } from './support.ts';

/* How requests are read: rules that no operation has for itself alone. */

const sandbox = openSandbox();
const isBadRequest = { message: '400: Bad Request', code: 0 };

test('what the database cannot keep is rejected only after all fields are validated', async () => {
  const patch = (body: object) => sendForJson(sandbox, 'PATCH', '/v2/members/amaaa', { as: 'alices', body });
  expect(await patch({ name: 'a\0' })).toEqual(isBadRequest);
  expect(await patch({ proxy_tags: [{ prefix: '\ud800' }] })).toEqual(isBadRequest);
  expect(await patch({ name: 'a\0', color: 'red' })).toEqual({
    message: 'Error parsing JSON model',
    code: 40001,
    errors: { color: [{ message: 'Field color is invalid.' }] },
  });
  expect(await patch({ avatar_url: 'nonsense\0' })).toMatchObject({ code: 40001 });
});

test('names of query parameters count in any case, and blank values as none', async () => {
  const list = (query: string) => sendForJson(sandbox, 'GET', `/v2/systems/alices/switches?${query}`);
  expect(await list('LIMIT=1')).toHaveLength(1);
  expect(await list('limit=1&limit=2')).toHaveLength(1);
  expect(await list('limit=%20&before=%09')).toHaveLength(4);
  const groups = (query: string) => sendForJson(sandbox, 'GET', `/v2/systems/alices/groups?${query}`);
  expect(await groups('with_members=%20')).toEqual(isBadRequest);
  const named: unknown = await groups('With_Members=True');
  expect(named).toEqual([
    expect.objectContaining({ members: expect.any(Array) }),
    expect.objectContaining({ members: [] }),
  ]);
});

test('a switch is moved to a time that is not blank', async () => {
  const path = '/v2/systems/@me/switches/00000000-0000-4000-8000-000000000031';
  for (const timestamp of [null, '', ' \t']) {
    expect(await sendForJson(sandbox, 'PATCH', path, { as: 'alices', body: { timestamp } })).toMatchObject({
      code: 40001,
      errors: { timestamp: [{ message: "Key 'timestamp' is required." }] },
    });
  }
});

test('of several unknown references in a path, the first is reported', async () => {
  const get = (system: string, id: string) =>
    sendForJson(sandbox, 'GET', `/v2/systems/${system}/switches/${id}`);
  const unknown = '00000000-0000-4000-8000-000000000999';
  expect(await get('zzzzz', unknown)).toMatchObject({ code: 20001 });
  expect(await get('zzzzz', 'no-uuid')).toMatchObject({ code: 20001 });
  expect((await send(sandbox, 'PUT', `/v2/systems/@me/switches/${unknown}`)).status).toBe(401);
  expect(await get('alices', unknown)).toMatchObject({ code: 20007 });
});

test('UUIDs may be written in capitals, without dashes and in braces', async () => {
  const uuid = '00000000-0000-4000-8000-000000000011';
  for (const reference of [uuid.toUpperCase(), uuid.replaceAll('-', ''), `%7B${uuid}%7D`]) {
    expect((await send(sandbox, 'GET', `/v2/members/${reference}`)).status, reference).toBe(200);
  }
  for (const reference of [`%7B${uuid}`, `%7B${uuid.replaceAll('-', '')}%7D`]) {
    expect((await send(sandbox, 'GET', `/v2/members/${reference}`)).status, reference).toBe(404);
  }
});

test('version 1 asks for the token before it looks at the body', async () => {
  const v1 = createSandbox({ world: readWorld(loadWorld('v1')), v1: true });
  for (const body of ['{', '[]', '{"name":"x"}']) {
    for (const type of ['application/json', 'text/plain']) {
      const response = await send(v1, 'PATCH', '/v1/s', { body, headers: { 'Content-Type': type } });
      expect([response.status, await response.text()]).toEqual([401, '']);
    }
  }
});
