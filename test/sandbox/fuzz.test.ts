import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadWorld } from '../../src/sandbox/world/load.ts';
import { loadContract } from '../document/contract.ts';
import { judgeResponse } from '../document/responses.ts';
import { tries } from '../support/tries.ts';
import { type FuzzRequest, fuzzRequest } from './fuzz-requests.ts';
import { openSandbox, send, sendForJson } from './support.ts';

const requestsInAll = tries(5_000, 100_000);
const requestsUntilReset = 250;

const contract = loadContract('v2');
const sandbox = openSandbox();

/** What is wrong with the response to a request; empty where nothing is. */
async function faultsOf({ method, target, headers, body }: FuzzRequest): Promise<readonly unknown[]> {
  const request = new Request(`http://sandbox.test${target}`, { method, headers, body });
  const response = await sandbox.fetch(request, { target });
  const text = await response.text();
  const { status } = response;
  const isUnimplemented = status === 501 && text.includes('"code":50001');
  if (status >= 500 && !isUnimplemented) return [`status ${status}`];
  if (method === 'HEAD' || method === 'OPTIONS') return text === '' ? [] : ['a body'];
  const type = response.headers.get('Content-Type');
  const allow = response.headers.get('Allow');
  const verdict = judgeResponse(
    {
      as: { token: headers.Authorization ?? '' },
      from: 'api',
      request: { method, path: target },
      response: {
        status,
        ...(type !== null && { type }),
        ...(allow !== null && { allow }),
        ...(text !== '' && { body: JSON.parse(text) }),
      },
    },
    contract,
  );
  return verdict.kind === 'invalid' ? verdict.faults : [];
}

test(`${requestsInAll} requests of all kinds get documented responses, none a failure`, async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fuzzRequest, async (request) => {
      const faults = await faultsOf(request);
      if (faults.length > 0) expect.fail(`${JSON.stringify(request)}: ${faults.join('; ')}`);
      count += 1;
      if (count % requestsUntilReset > 0) return;
      loadWorld(sandbox.world());
      sandbox.reset();
    }),
    // What comes before a request matters, so that there is nothing to shrink.
    { numRuns: requestsInAll, endOnFailure: true },
  );
}, 300_000);

test('a body over a million bytes is rejected, whatever it says of its length', async () => {
  const body = JSON.stringify({ name: 'x'.repeat(1_000_000) });
  for (const headers of [{}, { 'Content-Length': '2' }]) {
    const response = await send(sandbox, 'PATCH', '/v2/systems/@me', { as: 'alices', body, headers });
    expect([response.status, await response.json()]).toEqual([
      413,
      { message: '413: Payload Too Large', code: 0 },
    ]);
  }
  const barely = JSON.stringify({ name: 'x'.repeat(1_000_000 - 11) });
  const response = await send(sandbox, 'PATCH', '/v2/systems/@me', { as: 'alices', body: barely });
  expect(response.status).toBe(400);
});

test('deep nesting is rejected, and takes no time', async () => {
  const start = performance.now();
  for (const part of ['[', '{"name":']) {
    const body = part.repeat(900_000 / part.length);
    expect((await send(sandbox, 'PATCH', '/v2/systems/@me', { as: 'alices', body })).status).toBe(400);
  }
  expect(performance.now() - start).toBeLessThan(500);
});

test('keys such as __proto__ are ordinary keys', async () => {
  const body = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":"Fine"}';
  const response = await sendForJson(sandbox, 'PATCH', '/v2/systems/@me', { as: 'alices', body });
  expect(response).toMatchObject({ name: 'Fine' });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(await sendForJson(sandbox, 'GET', '/v2/systems/__proto__')).toMatchObject({ code: 20001 });
});
