import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { installOnce } from './install-once.ts';

let directory: string;
let installs: number;

beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  directory = join(parent, 'cache', 'tool');
  installs = 0;
  return () => rmSync(parent, { recursive: true, force: true });
});

async function install(): Promise<void> {
  installs += 1;
  mkdirSync(directory);
  writeFileSync(join(directory, `program-${installs}`), '');
}

test('a tool is installed once, and again where the recipe is another', async () => {
  await installOnce(directory, 'tool 1', install);
  await installOnce(directory, 'tool 1', install);
  expect(installs).toBe(1);
  await installOnce(directory, 'tool 2', install);
  expect(installs).toBe(2);
  expect(existsSync(join(directory, 'program-1'))).toBe(false);
});

test('a folder that was left half installed counts as none', async () => {
  const interrupted = installOnce(directory, 'tool 1', async () => {
    await install();
    throw new Error('interrupted');
  });
  await expect(interrupted).rejects.toThrow('interrupted');
  await installOnce(directory, 'tool 1', install);
  expect(installs).toBe(2);
  expect(existsSync(join(directory, 'program-1'))).toBe(false);
});
