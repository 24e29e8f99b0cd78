import { http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/index.ts';

const api = 'https://api.pluralkit.me';
const sandbox = createSandbox();
const server = setupServer(http.all(`${api}/*`, ({ request }) => sandbox.fetch(request)));

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

test('code that calls the API itself reaches the sandbox', async () => {
  const headers = {
    Authorization: sandbox.tokens.harbor ?? '',
    'Content-Type': 'application/json',
    'User-Agent': 'test',
  };
  const body = JSON.stringify({ name: 'Wren', pronouns: 'they/them' });
  const created = await fetch(`${api}/v2/members`, { method: 'POST', headers, body });
  expect(created.status).toBe(200);
  const { id } = await created.json();

  const found = await fetch(`${api}/v2/members/${id}`, { headers });
  expect(found.headers.get('X-PluralKit-Version')).toMatch(/^[0-9a-f]{40}$/);
  expect(await found.json()).toMatchObject({ name: 'Wren', pronouns: 'they/them' });

  const gone = await fetch(`${api}/v2/members/${id}`, { method: 'DELETE', headers });
  expect([gone.status, await gone.text()]).toEqual([204, '']);
  const missing = await fetch(`${api}/v2/members/${id}`, { headers });
  expect([missing.status, await missing.json()]).toEqual([
    404,
    { message: 'Member not found.', code: 20002 },
  ]);
  expect(sandbox.requests().map(({ operation }) => operation)).toEqual([
    'createMember',
    'getMember',
    'deleteMember',
    'getMember',
  ]);
});
