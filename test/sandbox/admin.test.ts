import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { openSandbox, recordedWorld, send, sendForJson } from './support.ts';

/** Calls a route of `/_sandbox`. */
function admin(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<Response> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  return sandbox.fetch(`/_sandbox${path}`, init);
}

async function adminJson(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<unknown> {
  return (await admin(sandbox, method, path, body)).json();
}

const rename = (sandbox: Sandbox) =>
  send(sandbox, 'PATCH', '/v2/systems/@me', { as: 'davedd', body: { name: 'Renamed' } });

test('reset goes back to the starting world', async () => {
  const sandbox = openSandbox();
  await rename(sandbox);
  expect((await admin(sandbox, 'POST', '/reset')).status).toBe(204);
  expect(sandbox.world()).toEqual(recordedWorld);
  expect(sandbox.requests()).toEqual([]);
});

describe('the world', () => {
  test('can be read, and loaded again', async () => {
    const sandbox = openSandbox();
    await rename(sandbox);
    const dump = await adminJson(sandbox, 'GET', '/world');
    const other = openSandbox({ world: { systems: [], messages: [] } });
    expect((await admin(other, 'PUT', '/world', dump)).status).toBe(204);
    expect(await adminJson(other, 'GET', '/world')).toEqual(dump);
    await rename(other);
    await admin(other, 'POST', '/reset');
    expect(await adminJson(other, 'GET', '/world')).toEqual(dump);
  });

  test('that is wrong is rejected with the path of what is wrong', async () => {
    const sandbox = openSandbox();
    const response = await admin(sandbox, 'PUT', '/world', { systems: [{ id: 'nope' }] });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        message: 'systems[0].id must be an id of five or six lower-case letters',
        code: 0,
        path: 'systems[0].id',
        problems: [{ path: 'systems[0].id', problem: 'must be an id of five or six lower-case letters' }],
      },
    ]);
    expect((await sandbox.fetch('/_sandbox/world', { method: 'PUT', body: '{' })).status).toBe(400);
    expect(sandbox.world()).toEqual(recordedWorld);
  });
});

describe('requests', () => {
  test('are kept with the operation, the caller and the response', async () => {
    const sandbox = openSandbox();
    await rename(sandbox);
    await send(sandbox, 'GET', '/v2/member/amaaa?x=1');
    const [first, second] = sandbox.requests();
    expect(first).toMatchObject({
      id: 1,
      method: 'PATCH',
      target: '/v2/systems/@me',
      status: 200,
      operation: 'updateSystem',
      nearest: null,
      system: 'davedd',
      request: { body: '{"name":"Renamed"}' },
    });
    expect(JSON.parse(first?.response.body ?? '')).toMatchObject({ name: 'Renamed' });
    expect(second).toMatchObject({ status: 404, operation: null, nearest: 'getMember', system: null });
    expect(await adminJson(sandbox, 'GET', '/requests')).toEqual(sandbox.requests());
    expect(await adminJson(sandbox, 'GET', '/requests?after=1')).toEqual([second]);
    await admin(sandbox, 'DELETE', '/requests');
    expect(sandbox.requests()).toEqual([]);
  });

  test('keep no token', async () => {
    const sandbox = openSandbox();
    await rename(sandbox);
    expect(JSON.stringify(sandbox.requests())).not.toContain(sandbox.tokens.davedd);
  });

  test('are kept up to 1,000', async () => {
    const sandbox = openSandbox();
    for (let count = 0; count < 2100; count += 1) await send(sandbox, 'GET', '/v2/systems/alices');
    const ids = sandbox.requests().map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([1000, 1101, 2100]);
  });

  test('are exported as an HTTP archive', async () => {
    const sandbox = openSandbox();
    sandbox.clock.freeze(new Date('2030-01-01T00:00:00Z'));
    await rename(sandbox);
    expect(await adminJson(sandbox, 'GET', '/requests?format=har')).toMatchObject({
      log: {
        version: '1.2',
        entries: [
          {
            startedDateTime: '2030-01-01T00:00:00Z',
            request: {
              method: 'PATCH',
              url: 'http://sandbox.test/v2/systems/@me',
              postData: { mimeType: 'application/json', text: '{"name":"Renamed"}' },
            },
            response: { status: 200, content: { mimeType: 'application/json; charset=utf-8' } },
            comment: 'updateSystem',
          },
        ],
      },
    });
  });
});

test('events are listed in order, and forgotten on demand', async () => {
  const sandbox = openSandbox();
  await rename(sandbox);
  expect(await adminJson(sandbox, 'GET', '/deliveries')).toEqual([
    {
      url: 'https://hooks.example.com/pk',
      payload: {
        type: 'UPDATE_SYSTEM',
        signing_token: 'dave-signing-token',
        system_id: '00000000-0000-4000-8000-000000000004',
        id: null,
        data: { name: 'Renamed' },
      },
    },
  ]);
  await admin(sandbox, 'DELETE', '/deliveries');
  expect(sandbox.deliveries()).toEqual([]);
});

describe('the clock', () => {
  test('is frozen, set, moved and resumed', async () => {
    const sandbox = openSandbox();
    const change = (body: object) => adminJson(sandbox, 'POST', '/clock', body);
    expect(await change({ freeze: true, set: '2030-01-01T00:00:00Z' })).toEqual({
      now: '2030-01-01T00:00:00Z',
      frozen: true,
    });
    expect(await change({ advance: 1500 })).toEqual({ now: '2030-01-01T00:00:01.5Z', frozen: true });
    expect(await change({ freeze: false })).toMatchObject({ frozen: false });
    expect(await adminJson(sandbox, 'GET', '/clock')).toMatchObject({
      now: expect.stringMatching(/^2030-01-01T00:00:0/),
    });
    await change({ reset: true });
    expect(Math.abs(Number(sandbox.clock.now() / 1_000_000n) - Date.now())).toBeLessThan(5000);
  });

  test.each([{ set: 'tomorrow' }, { advance: 'x' }, { frozen: true }, [], null])(
    'rejects the change %j',
    async (body) => {
      expect((await admin(openSandbox(), 'POST', '/clock', body)).status).toBe(400);
    },
  );
});

describe('faults', () => {
  const ask = (sandbox: Sandbox, path = '/v2/systems/alices') => send(sandbox, 'GET', path);

  test('give a status to the next requests of an operation', async () => {
    const sandbox = openSandbox();
    await admin(sandbox, 'POST', '/faults', { operation: 'getSystem', status: 503, times: 2 });
    const responses = [
      await ask(sandbox, '/v2/members/amaaa'),
      await ask(sandbox),
      await ask(sandbox),
      await ask(sandbox),
    ];
    expect(responses.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
    expect(await adminJson(sandbox, 'GET', '/faults')).toEqual([]);
  });

  test('change nothing where they respond in place of an operation', async () => {
    const sandbox = openSandbox();
    sandbox.faults.add({ status: 500, times: 1 });
    expect((await rename(sandbox)).status).toBe(500);
    expect(sandbox.world()).toEqual(recordedWorld);
  });

  test('break the connection', async () => {
    const sandbox = openSandbox();
    sandbox.faults.add({ drop: true, times: 1 });
    await expect(ask(sandbox)).rejects.toThrow(TypeError);
    expect((await ask(sandbox)).status).toBe(200);
  });

  test.each([
    ['truncated', /^\{"id":"alices".*[^}]$/],
    ['html', /^<!doctype html>/],
    ['empty', /^$/],
  ] as const)('replace the body: %s', async (body, expected) => {
    const sandbox = openSandbox();
    sandbox.faults.add({ body });
    const response = await ask(sandbox);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(expected);
  });

  test('delay a response', async () => {
    const sandbox = openSandbox();
    sandbox.faults.add({ delay: 50, times: 1 });
    const start = performance.now();
    expect((await ask(sandbox)).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(45);
  });

  test('occur with a probability, and the same ones with the same seed', async () => {
    const run = async () => {
      const sandbox = openSandbox({ seed: 3 });
      sandbox.faults.add({ status: 500, probability: 0.3 });
      const responses = [];
      for (let count = 0; count < 300; count += 1) responses.push((await ask(sandbox)).status);
      return responses;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    const share = first.filter((status) => status === 500).length / first.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.4);
  });

  test('are cleared by a reset', async () => {
    const sandbox = openSandbox();
    await admin(sandbox, 'POST', '/faults', [{ status: 500 }, { status: 503 }]);
    sandbox.reset();
    expect((await ask(sandbox)).status).toBe(200);
  });

  test.each([{ status: 99 }, { probability: 2 }, { delay: -1 }, { body: 'x' }, { oops: 1 }])(
    'are rejected where they are wrong: %j',
    async (fault) => {
      expect((await admin(openSandbox(), 'POST', '/faults', fault)).status).toBe(400);
    },
  );
});

describe('examples that are asked for', () => {
  test('come before authentication', async () => {
    const sandbox = openSandbox();
    const prefer = (value: string, path = '/v2/systems/@me') =>
      send(sandbox, 'GET', path, { headers: { Prefer: value } });
    expect((await prefer('code=404')).status).toBe(404);
    expect(await (await prefer('code=404')).json()).toEqual({ message: 'System not found.', code: 20001 });
    expect((await prefer('code=200', '/v2/systems/zzzzz')).status).toBe(200);
    expect(await (await prefer('example=owner')).json()).toMatchObject({ id: 'alices', privacy: {} });
    expect((await prefer('code=418')).headers.get('Content-Type')).toBe('application/problem+json');
    expect((await prefer('example=nothing')).status).toBe(404);
  });

  test('do not run the operation', async () => {
    const sandbox = openSandbox();
    const headers = { Prefer: 'code=200' };
    await send(sandbox, 'PATCH', '/v2/systems/@me', { as: 'davedd', body: { name: 'Renamed' }, headers });
    expect(sandbox.world()).toEqual(recordedWorld);
  });

  test('are there for version 1 too', async () => {
    const sandbox = openSandbox({ v1: true });
    expect(await sendForJson(sandbox, 'GET', '/v1/s', { headers: { Prefer: 'code=200' } })).toHaveProperty(
      'tz',
    );
  });
});

test('rate limits can be used up on demand', async () => {
  const sandbox = openSandbox({ rateLimits: 'server' });
  sandbox.clock.freeze();
  expect((await admin(sandbox, 'POST', '/rate-limits', { exhaust: 'generic_get' })).status).toBe(204);
  expect((await send(sandbox, 'GET', '/v2/systems/alices')).status).toBe(429);
});

test('pages of other sites cannot read anything', async () => {
  const sandbox = openSandbox();
  for (const [method, path] of [
    ['GET', '/world'],
    ['OPTIONS', '/world'],
    ['GET', '/nothing'],
    ['DELETE', '/reset'],
  ] as const) {
    const response = await admin(sandbox, method, path);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
  }
  expect((await admin(sandbox, 'GET', '/nothing')).status).toBe(404);
});
