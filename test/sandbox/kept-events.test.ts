import { expect, test } from 'vitest';
import { createSandbox, type Delivery, type Sandbox } from '../../src/sandbox/index.ts';
import { MemoryStorage } from './memory-storage.ts';
import { recordedWorld, send } from './support.ts';

const rename = (sandbox: Sandbox, name: string) =>
  send(sandbox, 'PATCH', '/v2/systems/@me', { as: 'davedd', body: { name } });

/** A sandbox whose events are posted, to see what is kept then. */
function openPosting() {
  const storage = new MemoryStorage();
  const posted: { readonly delivery: Delivery; readonly kept: string | null | undefined }[] = [];
  const sandbox = createSandbox({
    storage,
    world: recordedWorld,
    async deliver(delivery) {
      const { systems } = createSandbox({ storage }).world();
      posted.push({ delivery, kept: systems.find(({ id }) => id === 'davedd')?.name });
      return { status: 200 };
    },
  });
  const names = () => posted.map(({ delivery: { payload } }) => payload.data);
  return { storage, sandbox, posted, names };
}

test('an event is recorded and posted when its change is kept already', async () => {
  const { sandbox, posted } = openPosting();
  await rename(sandbox, 'One');
  await rename(sandbox, 'Two');
  expect(posted.map(({ kept }) => kept)).toEqual(['One', 'Two']);
  expect(sandbox.deliveries()).toMatchObject(posted.map(({ delivery }) => delivery));
});

test('concurrent calls send their events once, in order, and after their changes are kept', async () => {
  const { sandbox, posted, names } = openPosting();
  const numbers = Array.from({ length: 20 }, (_, index) => String(index));
  await Promise.all(numbers.map((name) => rename(sandbox, name)));
  expect(names()).toEqual(numbers.map((name) => ({ name })));
  for (const [index, { kept }] of posted.entries()) expect(Number(kept)).toBeGreaterThanOrEqual(index);
});

test('an event is never sent whose change cannot be kept', async () => {
  const { storage, sandbox, posted, names } = openPosting();
  storage.isFull = true;
  await expect(rename(sandbox, 'Unkept')).rejects.toThrow('The disk is full');
  expect((await send(sandbox, 'GET', '/v2/systems/davedd')).status).toBe(200);
  expect([sandbox.deliveries(), posted]).toEqual([[], []]);

  storage.isFull = false;
  await rename(sandbox, 'Next');
  expect(names()).toEqual([{ name: 'Next' }]);
  expect(posted.map(({ kept }) => kept)).toEqual(['Next']);
  expect(sandbox.deliveries()).toHaveLength(1);
});

test('an event is never sent whose change is reset before it was kept', async () => {
  const { storage, sandbox, posted } = openPosting();
  storage.isFull = true;
  await expect(rename(sandbox, 'Unkept')).rejects.toThrow('The disk is full');
  storage.isFull = false;
  sandbox.reset();
  await send(sandbox, 'GET', '/v2/systems/davedd');
  expect([sandbox.deliveries(), posted]).toEqual([[], []]);
});
