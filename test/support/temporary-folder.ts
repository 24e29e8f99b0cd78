/**
 * Gives a run a folder of its own for temporary files, and fails the run where a test leaves something in it.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-tests-'));
  process.env.TMPDIR = folder;
  return () => {
    // Tools that tests start keep caches of their own there.
    const left = readdirSync(folder).filter((name) => name.startsWith('pluralkit-'));
    rmSync(folder, { recursive: true, force: true });
    if (left.length === 0) return;
    // An error in a teardown is printed only; the exit code has to say it, too.
    process.exitCode = 1;
    throw new Error(`Tests have left temporary files behind: ${left.join(', ')}`);
  };
}
