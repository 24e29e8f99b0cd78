import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { confirm } from '../../src/cli/confirm.ts';

/** Asks, and presses keys once the question is shown. */
async function press(keys: string, signal = new AbortController().signal) {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: true });
  const confirming = confirm('Make 3 changes?', signal, { input, output });
  await once(output, 'data');
  input.write(keys);
  return confirming;
}

test.each([
  ['y\r', true],
  ['YES\r', true],
  ['n\r', false],
  ['\r', false],
  ['yesterday\r', false],
  // Ctrl-D, the end of the input.
  ['\u0004', false],
])('the line %j confirms: %s', async (keys, confirmed) => {
  expect(await press(keys)).toBe(confirmed);
});

test('Ctrl-C is passed on as a signal of the process, which aborts the question', async () => {
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.once('SIGINT', abort);
  onTestFinished(() => void process.off('SIGINT', abort));
  await expect(press('\u0003', stop.signal)).rejects.toThrow('This operation was aborted');
  expect(stop.signal.aborted).toBe(true);
});
