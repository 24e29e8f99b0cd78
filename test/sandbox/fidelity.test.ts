import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { loadScenarios, recordingsDirectory } from '../../scripts/lib/recordings.ts';
import { replayAll } from '../../scripts/lib/replay.ts';

const read = (file: string) => readFileSync(join(projectDirectory, file), 'utf8');

test('the sandbox responds to every recorded exchange as the server did', async () => {
  const results = await replayAll(recordingsDirectory);
  const different = results.filter(({ differences }) => differences.length > 0);
  const recorded = loadScenarios().reduce((count, { exchanges }) => count + exchanges.length, 0);
  expect(results).toHaveLength(recorded);
  for (const file of ['README.md', 'test/recordings/README.md', 'CHANGELOG.md']) {
    const [, floor = ''] = /more than ([\d,]+)\s(?:recorded )?exchanges/i.exec(read(file)) ?? [];
    expect(recorded, file).toBeGreaterThan(Number(floor.replace(',', '') || Number.NaN));
  }
  expect(
    different.map(({ scenario, line, differences }) => ({
      at: `${scenario.name}.jsonl:${line}`,
      differences,
    })),
  ).toEqual([]);
});
