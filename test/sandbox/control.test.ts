import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { openSandbox, recordedWorld, send, sendForJson } from './support.ts';

/** Sends to a control route, and gives the status and the message of the error response. */
async function control(path: string, body: unknown, sandbox = openSandbox()) {
  const response = await send(sandbox, 'POST', `/_sandbox${path}`, { body });
  const text = await response.text();
  return { status: response.status, message: text === '' ? '' : JSON.parse(text).message };
}

describe('a fault is rejected where', () => {
  test.each([
    [{ operation: 'getMembr' }, 'operation must be an operationId; did you mean “getMember”?'],
    [{ operation: 'x'.repeat(1_000) }, /^operation must be an operationId; did you mean “\w+”\?$/],
    [{ operation: 'constructor' }, /^operation must be an operationId/],
    [{ operation: 'members.get' }, 'operation must be an operationId; did you mean “getMember”?'],
    [
      { operation: 'GET /v2/members/{memberRef}' },
      'operation must be an operationId; did you mean “getMember”?',
    ],
    [{ operation: '/members/amaaa' }, 'operation must be an operationId; did you mean “getMember”?'],
    [
      { operation: 'PATCH /v2/systems/@me/settings' },
      'operation must be an operationId; did you mean “updateSystemSettings”?',
    ],
    [{ operation: '/' }, 'operation must be an operationId'],
    [{ delay: '1s' }, 'delay must be a number of milliseconds from 0 to 600000'],
    [{ operation: 'member.get' }, 'operation must be an operationId; did you mean “getMember”?'],
    [{ operation: 'switches.create' }, 'operation must be an operationId; did you mean “createSwitch”?'],
    [
      { operation: 'settings.updateAutoproxy' },
      'operation must be an operationId; did you mean “updateAutoproxySettings”?',
    ],
    [{ operation: '' }, /^operation must be an operationId/],
    [{ times: -1 }, 'times must be a whole number from 1 up'],
    [{ times: 0 }, 'times must be a whole number from 1 up'],
    [{ times: 1.5 }, 'times must be a whole number from 1 up'],
    [{ status: 200.5 }, 'status must be a whole number from 200 to 599'],
    [{ status: 199 }, 'status must be a whole number from 200 to 599'],
    [{ stauts: 500 }, 'stauts is not known; did you mean “status”?'],
  ])('it is %j', async (fault, message) => {
    const rejected = await control('/faults', fault);
    expect(rejected.status).toBe(400);
    if (typeof message === 'string') expect(rejected.message).toBe(message);
    else expect(rejected.message).toMatch(message);
  });

  test.each([
    {},
    { operation: 'getMember' },
    { times: 2, delay: 0, drop: false },
    { status: 503, probability: 0 },
  ])('it does nothing: %j', async (fault) => {
    const message =
      'does nothing: give it one of status, delay, drop, outage, body, and a probability above 0';
    expect(await control('/faults', fault)).toEqual({ status: 400, message: `The fault ${message}` });
    expect(await control('/faults', [{ status: 503 }, fault])).toEqual({
      status: 400,
      message: `[1] ${message}`,
    });
    expect(() => openSandbox().faults.add(fault)).toThrow(message);
  });

  test('there is none in the list', async () => {
    expect(await control('/faults', [])).toEqual({ status: 400, message: 'The list must have a fault' });
  });

  test('it is one of several: then none is added', async () => {
    const sandbox = openSandbox();
    expect((await control('/faults', [{ status: 503 }, { status: 5 }], sandbox)).status).toBe(400);
    expect(sandbox.faults.list()).toEqual([]);
    expect((await control('/faults', [{ status: 503 }, { delay: 1 }], sandbox)).status).toBe(200);
    expect(sandbox.faults.list()).toHaveLength(2);
  });
});

test('as many faults are added as a body holds', async () => {
  const sandbox = openSandbox();
  const { status } = await control('/faults', Array(200_000).fill({ delay: 1 }), sandbox);
  expect(status).toBe(200);
  expect(sandbox.faults.list()).toHaveLength(200_000);
});

describe('a key is rejected where its scopes', () => {
  test.each([
    ['are 160,000', Array(160_000).fill('read:members'), 'scopes[1] is given twice'],
    ['name one twice', ['identify', 'read:all', 'identify'], 'scopes[2] is given twice'],
    ['name none', ['read:member'], 'scopes[0] must be a scope; did you mean “read:members”?'],
  ])('%s', async (_name, scopes, message) => {
    const sandbox = openSandbox();
    const rejected = await control('/keys', { system: recordedWorld.systems[0]?.id, scopes }, sandbox);
    expect(rejected).toEqual({ status: 400, message });
    expect(sandbox.keys()).toEqual([]);
  });
});

describe('a key is rejected', () => {
  const { id = '' } = recordedWorld.systems[0] ?? {};

  test('where its system does not exist, with the nearest one', async () => {
    const system = `${id}x`;
    const message = `system names no system: ${system}; did you mean “${id}”?`;
    expect(await control('/keys', { system, scopes: [] })).toEqual({ status: 400, message });
  });

  test('for all that is wrong at once', async () => {
    const { status, message } = await control('/keys', {
      system: 'nobody',
      scopes: ['read:member'],
      type: 'x',
    });
    expect(status).toBe(400);
    expect(message.split('\n  ')).toEqual([
      '3 problems:',
      'scopes[0] must be a scope; did you mean “read:members”?',
      expect.stringMatching(/^type must be one of/),
      expect.stringMatching(/^system names no system: nobody/),
    ]);
  });
});

test('a reference that leads nowhere is repeated with the nearest one, whatever it names', async () => {
  const sandbox = openSandbox();
  const [system] = recordedWorld.systems;
  const [account = ''] = system?.accounts ?? [];
  sandbox.snapshots.save('before');
  const cases = [
    ['/bot/token', { system: `${system?.id}x` }, `did you mean “${system?.id}”?`],
    [
      '/bot/group-members-event',
      { group: `${system?.groups[0]?.id}x` },
      `did you mean “${system?.groups[0]?.id}”?`,
    ],
    ['/bot/import', { account: account.replace(/.$/, '0'), file: {} }, `did you mean “${account}”?`],
    ['/snapshots', { restore: 'befor' }, 'restore names no snapshot: befor; did you mean “before”?'],
  ] as const;
  for (const [path, body, message] of cases) {
    const rejected = await control(path, body, sandbox);
    expect([rejected.status, rejected.message]).toEqual([400, expect.stringContaining(message)]);
  }
});

test('a key or snapshot that is to be deleted and does not exist is named', async () => {
  const sandbox = openSandbox();
  sandbox.snapshots.save('before');
  for (const [path, message] of [
    ['keys/x', 'The path names no key: x'],
    ['snapshots/befor', 'The path names no snapshot: befor; did you mean “before”?'],
  ]) {
    const response = await send(sandbox, 'DELETE', `/_sandbox/${path}`);
    expect([response.status, await response.json()]).toEqual([404, { message, code: 0 }]);
  }
});

test('a change of the clock that changes nothing is rejected', async () => {
  const message = 'The request body changes nothing: give it set, advance, freeze or reset';
  expect(await control('/clock', {})).toEqual({ status: 400, message });
  expect(await control('/clock', { reset: false })).toEqual({ status: 400, message });
});

const routes = 'reset, world, requests, deliveries, clock, faults, keys, rate-limits, bot, snapshots';

test.each([
  ['POST', '/fault', 'POST /_sandbox/fault; did you mean “faults”?'],
  ['POST', '/world', 'POST /_sandbox/world; world takes GET, PUT'],
  ['GET', '/bot/exprt/harbor', 'GET /_sandbox/bot/exprt/harbor; did you mean “bot/export/:system”?'],
  ['GET', '/reset/', 'GET /_sandbox/reset/; reset takes POST'],
  ['GET', '', `GET /_sandbox; routes: ${routes}`],
  ['GET', '/nothing', `GET /_sandbox/nothing; routes: ${routes}`],
  ['GET', '/bot/guilds', 'GET /_sandbox/bot/guilds; routes: bot/guilds/:guild'],
])(
  '%s of the unknown route %s names the nearest, or the methods of the path',
  async (method, path, message) => {
    const response = await send(openSandbox(), method, `/_sandbox${path}`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { message: `The sandbox has no route ${message}`, code: 0 },
    ]);
  },
);

test('a request body that is empty is said to be', async () => {
  const message = 'The request body is no JSON: it is empty';
  expect(await control('/clock', ' ')).toEqual({ status: 400, message });
  expect(await control('/clock', undefined)).toEqual({ status: 400, message });
});

test('a message on what is no scope of the rate limits lists all that there are', async () => {
  const { message } = await control('/rate-limits', { exhaust: 'getMember' });
  expect(message).toMatch(
    /^exhaust must be a scope such as generic_get; known: .*\bgeneric_get, .*\btoken2$/,
  );
});

test('a scope is exhausted at a time', () => {
  const { limits } = openSandbox();
  expect(() => Reflect.apply(limits.exhaust, limits, ['generic_get'])).toThrow(
    new TypeError('The time must be an instant, as sandbox.clock.now() gives it'),
  );
});

test('a scope of the rate limits that does not exist cannot be exhausted', async () => {
  const message = 'exhaust must be a scope such as generic_get; did you mean “generic_get”?';
  expect(await control('/rate-limits', { exhaust: 'generic_gett' })).toEqual({ status: 400, message });
  const sandbox = openSandbox();
  expect(() => sandbox.limits.exhaust('generic_gett', sandbox.clock.now())).toThrow(message);
  for (const exhaust of ['generic_get', 'own_system_update', 'token2', 'message']) {
    expect(await control('/rate-limits', { exhaust })).toEqual({ status: 204, message: '' });
  }
});

test.each(['guilds', 'autoproxy'] as const)('a world with one guild twice in %s is rejected', (key) => {
  const [system] = recordedWorld.systems;
  const world = { systems: [{ ...system, [key]: [{ guild_id: '1' }, { guild_id: '1' }] }], messages: [] };
  const path = `systems[0].${key}`;
  expect(() => openSandbox().load(JSON.parse(JSON.stringify(world)))).toThrow(
    `${path}[1].guild_id is the same as ${path}[0].guild_id`,
  );
});

describe('a status without a body has none,', () => {
  const cases = [204, 205, 304].map((status) => ({ status }));
  test.each([...cases, ...cases.map((fault) => ({ ...fault, body: 'html' as const }))])(
    'in process and over HTTP: %j',
    async (fault) => {
      const sandbox = openSandbox();
      sandbox.faults.add(fault);
      const inProcess = await send(sandbox, 'GET', '/v2/systems/@me');
      const server = await listen(sandbox);
      try {
        const overHttp = await fetch(`${server.url}/v2/systems/@me`, { headers: { 'User-Agent': 'test' } });
        for (const response of [inProcess, overHttp]) {
          expect(response.status).toBe(fault.status);
          expect(await response.text()).toBe('');
          expect(response.headers.get('Content-Type')).toBeNull();
          expect(response.headers.get('Content-Length') ?? '0').toBe('0');
        }
      } finally {
        await server.close();
      }
    },
  );

  test('also where a body is to be spoilt', async () => {
    const sandbox = openSandbox();
    sandbox.faults.add({ body: 'html' });
    const [member] = recordedWorld.systems[0]?.members ?? [];
    const response = await send(sandbox, 'DELETE', `/v2/members/${member?.id}`, { as: 'alices' });
    expect([response.status, await response.text()]).toEqual([204, '']);
  });
});

describe('the clock', () => {
  const extremes = [
    { set: '9999-12-31T23:59:59Z', advance: 1_000_000 },
    { set: '-0001-01-01T00:00:00Z' },
    { set: '0000-12-31T23:59:59Z' },
    { set: '0001-01-01T00:00:00Z', advance: -1 },
  ];
  test.each(extremes)(
    'cannot be set beyond what the API can write, and nothing else changes: %j',
    async (change) => {
      const sandbox = openSandbox();
      expect((await control('/clock', { freeze: true, ...change }, sandbox)).status).toBe(400);
      expect(sandbox.clock.frozen).toBe(false);
    },
  );

  test('cannot be moved there in small steps', async () => {
    const sandbox = openSandbox();
    const century = 100 * 366 * 24 * 60 * 60 * 1000;
    let rejected = 0;
    for (let step = 0; step < 200; step++) {
      if ((await control('/clock', { advance: century }, sandbox)).status === 400) rejected += 1;
    }
    expect(rejected).toBeGreaterThan(100);
    const created = await sendForJson(sandbox, 'POST', '/v2/members', {
      as: 'alices',
      body: { name: 'Late' },
    });
    expect(created).toMatchObject({ created: expect.stringMatching(/^9\d{3}-/) });
    expect(() => createSandbox({ world: sandbox.world() })).not.toThrow();
  });

  test('stays at its last moment, and its methods throw beyond it', () => {
    const { clock } = openSandbox();
    clock.set(new Date('9999-12-31T23:59:59.999Z'));
    expect(clock.now() / 1_000_000n).toBe(BigInt(Date.parse('9999-12-31T23:59:59.999Z')));
    for (const time of ['+010000-01-01T00:00:00Z', '0000-12-31T23:59:59Z', 'no time']) {
      expect(() => clock.set(new Date(time))).toThrow(RangeError);
      expect(() => clock.freeze(new Date(time))).toThrow(RangeError);
    }
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
  });
});
