import { expect, test } from 'vitest';
import { recordingsDirectory } from '../../scripts/lib/recordings.ts';
import { replayAll } from '../../scripts/lib/replay.ts';

test('the sandbox responds to every recorded exchange as the server did', async () => {
  const results = await replayAll(recordingsDirectory);
  const different = results.filter(({ differences }) => differences.length > 0);
  expect(results.length).toBe(5412);
  expect(
    different.map(({ scenario, line, differences }) => ({
      at: `${scenario.name}.jsonl:${line}`,
      differences,
    })),
  ).toEqual([]);
});
