import { expect, test } from 'vitest';
import { openSandbox, send } from './support.ts';

test.each(['constructor', 'toString', '__proto__', 'no such'])('there is no example “%s”', async (name) => {
  const response = await send(openSandbox(), 'GET', '/v2/systems/@me', {
    headers: { Prefer: `example=${name}` },
  });
  expect(response.status).toBe(404);
});

test.each([
  ['code=999', 'no status 999 for this operation; known: 200, '],
  ['code=none', 'no status none for this operation; known: 200, '],
  ['example=ownr', 'no example ownr for this operation; did you mean “owner”?'],
  ['code=200, example=zzzzzzzz', 'no example zzzzzzzz for this operation; known: owner, '],
])('where there is no %s, the response says what there is', async (wish, detail) => {
  const response = await send(openSandbox(), 'GET', '/v2/systems/@me', { headers: { Prefer: wish } });
  expect([response.status, await response.json()]).toEqual([
    404,
    expect.objectContaining({ detail: expect.stringContaining(`The document has ${detail}`) }),
  ]);
});
