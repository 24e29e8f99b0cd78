import { check } from 'recheck';
import { expect, test } from 'vitest';
import { sourcePatterns } from './patterns.ts';

test('no pattern takes more than linear time, by analysis', async () => {
  const found: unknown[] = [];
  for (const { file, pattern } of sourcePatterns()) {
    const { status } = await check(pattern.source, pattern.flags, { timeout: null });
    if (status !== 'safe') found.push({ file, pattern: String(pattern), status });
  }
  expect(found).toEqual([]);
});
