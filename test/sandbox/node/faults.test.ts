import { expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { listen } from '../../../src/sandbox/node/listen.ts';

test('a fault breaks the connection of its caller alone', async () => {
  const sandbox = createSandbox();
  const listener = await listen(sandbox);
  const path = `${listener.url}/v2/systems/zzzzz`;
  try {
    sandbox.faults.add({ drop: true, times: 1 });
    await expect(fetch(path)).rejects.toThrow(TypeError);
    expect((await fetch(path)).status).toBe(404);
  } finally {
    await listener.close();
  }
});
