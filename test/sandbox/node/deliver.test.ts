import dns from 'node:dns';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import type { Delivery } from '../../../src/sandbox/dispatch/dispatch.ts';
import { createDeliverer, type DelivererOptions } from '../../../src/sandbox/node/deliver.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { createWebhookHandler } from '../../../src/webhooks/index.ts';
import { receive } from './receiver.ts';
import { serve } from './support.ts';

const token = 'signing-token';

function deliveryTo(url: string, id = 'a'): Delivery {
  const payload = {
    type: 'UPDATE_MEMBER',
    signing_token: token,
    system_id: 's',
    id,
    data: { name: 'Ann' },
  } as const;
  return { url, payload };
}

function deliverer(options?: DelivererOptions) {
  const made = createDeliverer(options);
  onTestFinished(() => made.close());
  return made;
}

/** A sandbox of one system that has a webhook. */
function sandboxWithWebhook(url: string, options?: DelivererOptions): Sandbox {
  const uuid = '5a4db0c5-0000-4000-8000-000000000001';
  const system = {
    id: 'exmpl',
    uuid,
    created: '2020-01-01T00:00:00Z',
    token: 'token',
    webhook: { url, token },
  };
  return createSandbox({ world: { systems: [system] }, deliver: deliverer(options).deliver });
}

function rename(sandbox: Sandbox, name: string): Promise<Response> {
  const headers = { Authorization: 'token', 'Content-Type': 'application/json', 'User-Agent': 'test' };
  const init = { method: 'PATCH', headers, body: JSON.stringify({ name }) };
  return sandbox.fetch(new Request('http://sandbox.test/v2/systems/@me', init));
}

test('a deliverer posts what is recorded, and records the response', async () => {
  const receiver = await receive((response) => response.writeHead(202).end('thanks'));
  const sandbox = sandboxWithWebhook(receiver.url);
  expect((await rename(sandbox, 'Ann')).status).toBe(200);
  await vi.waitFor(() => expect(sandbox.deliveries()[0]?.outcome).toEqual({ status: 202 }));
  expect(receiver.received).toEqual(sandbox.deliveries().map(({ payload }) => payload));
  expect(receiver.received).toMatchObject([
    { type: 'UPDATE_SYSTEM', signing_token: token, data: { name: 'Ann' } },
  ]);
});

test('a receiver of this package understands the posted events', async () => {
  const onAny = vi.fn();
  const handle = createWebhookHandler({ token, onAny });
  const server = await serve({ fetch: handle });
  // The listener of sandboxes lets only paths of the API through from everywhere; this machine may use all.
  const sandbox = sandboxWithWebhook(`${server.url}/hook`);
  await rename(sandbox, 'Ann');
  await vi.waitFor(() => expect(sandbox.deliveries()[0]?.outcome).toEqual({ status: 200 }));
  expect(onAny.mock.calls).toMatchObject([[{ type: 'UPDATE_SYSTEM', data: { name: 'Ann' } }]]);
});

test('responses do not wait for receivers', async () => {
  const receiver = await receive(() => {});
  const sandbox = sandboxWithWebhook(receiver.url);
  for (let count = 0; count < 10; count += 1) await rename(sandbox, `Ann ${count}`);
  expect(sandbox.deliveries().map(({ outcome }) => outcome)).toEqual(Array(10).fill(undefined));
});

test('a deliverer posts to one address in the order of the changes, also where responses take their time', async () => {
  let wait = 60;
  const receiver = await receive((response) => {
    wait -= 10;
    setTimeout(() => response.end(), wait);
  });
  const { deliver } = deliverer();
  const ids = ['1', '2', '3', '4', '5'];
  await Promise.all(ids.map((id) => deliver(deliveryTo(receiver.url, id))));
  expect(receiver.received).toMatchObject(ids.map((id) => ({ id })));
});

test('one slow receiver does not hold up others', async () => {
  const slow = await receive(() => {});
  const quick = await receive();
  const { deliver } = deliverer();
  void deliver(deliveryTo(slow.url));
  expect(await deliver(deliveryTo(quick.url))).toEqual({ status: 200 });
});

test('a receiver that does not respond fails after the time-out, and the next event is tried', async () => {
  let silent = true;
  const receiver = await receive((response) => {
    if (!silent) response.end();
    silent = false;
  });
  const { deliver } = deliverer({ timeout: 100 });
  const first = deliver(deliveryTo(receiver.url, '1'));
  const second = deliver(deliveryTo(receiver.url, '2'));
  expect(await first).toEqual({ error: 'no response within 100 ms' });
  expect(await second).toEqual({ status: 200 });
});

test('a receiver that is not there fails, and the sandbox goes on', async () => {
  const sandbox = sandboxWithWebhook('http://127.0.0.1:1/');
  expect((await rename(sandbox, 'Ann')).status).toBe(200);
  await vi.waitFor(() =>
    expect(sandbox.deliveries()[0]?.outcome).toEqual({ error: expect.stringMatching(/./) }),
  );
  expect((await rename(sandbox, 'Bea')).status).toBe(200);
});

test.for([
  'https://example.com/hook',
  'http://192.168.0.1/hook',
  'http://0.0.0.0:80/',
  'http://127.0.0.1.example.com/',
  'http://localhost.example.com/',
  'http://127.0.0.1@example.com/',
])('a deliverer posts to %s only where other machines are allowed', async (url) => {
  const send = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response());
  onTestFinished(() => send.mockRestore());
  expect(await deliverer().deliver(deliveryTo(url))).toEqual({ error: 'the address is not on this machine' });
  expect(send).not.toHaveBeenCalled();
  expect(await deliverer({ anywhere: true }).deliver(deliveryTo(url))).toEqual({ status: 200 });
  expect(send).toHaveBeenCalledOnce();
});

test.for(['nonsense', 'file:///etc/passwd', 'javascript:1', ''])(
  'the address %s is rejected',
  async (url) => {
    const outcome = await deliverer({ anywhere: true }).deliver(deliveryTo(url));
    expect(outcome).toEqual({ error: 'the address is no HTTP address' });
  },
);

test('a deliverer follows no redirect, which could lead away from this machine', async () => {
  const elsewhere = await receive();
  const receiver = await receive((response) => response.writeHead(307, { Location: elsewhere.url }).end());
  expect(await deliverer().deliver(deliveryTo(receiver.url))).toEqual({ status: 307 });
  expect(elsewhere.received).toEqual([]);
});

test('a deliverer keeps only a limited number of events waiting for an address', async () => {
  const receiver = await receive(() => {});
  const { deliver, close } = createDeliverer();
  const outcomes = Array.from({ length: 1001 }, () => deliver(deliveryTo(receiver.url)));
  expect(await outcomes.at(-1)).toEqual({ error: '1000 events are waiting for this address' });
  await close();
  expect(await outcomes[0]).toEqual({ error: 'the sandbox was stopped' });
  expect(await outcomes[999]).toEqual({ error: 'the sandbox was stopped' });
});

test('closing a deliverer gives up at once what is under way', async () => {
  const receiver = await receive(() => {});
  const { deliver, close } = createDeliverer();
  const outcome = deliver(deliveryTo(receiver.url));
  await sleep(50);
  await close();
  expect(await outcome).toEqual({ error: 'the sandbox was stopped' });
});

test('the password in an address is sent as a header, and not shown', async () => {
  const authorizations: unknown[] = [];
  const receiver = await receive((response, request) => {
    authorizations.push(request.headers.authorization);
    response.end();
  });
  const url = receiver.url.replace('//', '//us%C3%A9r:p%40ss@');
  const sandbox = sandboxWithWebhook(url);
  await rename(sandbox, 'Ann');
  await vi.waitFor(() => expect(sandbox.deliveries()[0]?.outcome).toEqual({ status: 200 }));
  expect(authorizations).toEqual([`Basic ${Buffer.from('usér:p@ss').toString('base64')}`]);
  const shown = await (await sandbox.fetch('/_sandbox/deliveries')).json();
  expect(shown).toMatchObject([{ url: receiver.url }]);
});

test('an address is read the same way where it is checked and where it is posted to', async () => {
  const targets: unknown[] = [];
  const receiver = await receive((response, request) => {
    targets.push(request.url);
    response.end();
  });
  const { deliver } = deliverer();
  // A backslash ends the host; read as part of a password, it would lead away from this machine.
  const { origin } = new URL(receiver.url);
  expect(await deliver(deliveryTo(`${origin}\\@other.invalid/`))).toEqual({ status: 200 });
  expect(targets).toEqual(['/@other.invalid/']);
});

test('an address below localhost is this machine only where it resolves to it', async () => {
  const lookup = vi.spyOn(dns.promises, 'lookup');
  onTestFinished(() => lookup.mockRestore());
  lookup.mockImplementation(Object.assign(async () => [{ address: '192.0.2.1', family: 4 }]));
  const { deliver } = deliverer();
  expect(await deliver(deliveryTo('http://hooks.localhost:9/'))).toEqual({
    error: 'the address is not on this machine',
  });
});
