import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeFileWhole } from '../../src/cli/write-file.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

async function* parts(...texts: string[]) {
  yield* texts;
}

test.skipIf(process.platform === 'win32')(
  'a file or link beside the target does not change where the file is written',
  async () => {
    const directory = folder();
    const file = join(directory, 'system.json');
    writeFileSync(join(directory, 'victim'), 'kept');
    symlinkSync('victim', `${file}.part`);
    await writeFileWhole(file, parts('a', 'b'));
    expect(readFileSync(file, 'utf8')).toBe('ab');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, 'victim'), 'utf8')).toBe('kept');
    rmSync(`${file}.part`);
    writeFileSync(`${file}.part`, '');
    chmodSync(`${file}.part`, 0o666);
    await writeFileWhole(file, parts('c'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory).toSorted()).toEqual(['system.json', 'system.json.part', 'victim']);
  },
);

test('two runs to one file do not disturb each other', async () => {
  const file = join(folder(), 'system.json');
  const texts = ['a', 'b'].map((text) => text.repeat(100_000));
  await Promise.all(texts.map((text) => writeFileWhole(file, parts(text, text))));
  expect(texts.map((text) => text + text)).toContain(readFileSync(file, 'utf8'));
});

test.skipIf(process.platform === 'win32')('a link is followed, and stays', async () => {
  const directory = folder();
  writeFileSync(join(directory, 'real.json'), 'old');
  const link = join(directory, 'link.json');
  symlinkSync('real.json', link);
  await writeFileWhole(link, parts('new'));
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(directory, 'real.json'), 'utf8')).toBe('new');
});

test.skipIf(process.platform === 'win32')('a FIFO is written to, and stays', async () => {
  const fifo = join(folder(), 'fifo');
  execFileSync('sh', ['-c', 'mkfifo "$0"', fifo]);
  const [text] = await Promise.all([readFile(fifo, 'utf8'), writeFileWhole(fifo, parts('a', 'b'))]);
  expect(text).toBe('ab');
  expect(lstatSync(fifo).isFIFO()).toBe(true);
});

test('a write that fails leaves the old file, and nothing else', async () => {
  const directory = folder();
  const file = join(directory, 'system.json');
  writeFileSync(file, 'old');
  async function* broken() {
    yield 'new';
    throw new Error('The server went away');
  }
  await expect(writeFileWhole(file, broken())).rejects.toThrow('The server went away');
  expect([readFileSync(file, 'utf8'), readdirSync(directory)]).toEqual(['old', ['system.json']]);
  await expect(writeFileWhole(directory, parts('new'))).rejects.toThrow(`Cannot write ${directory}: EISDIR`);
});

test('an error names the file alone, not the temporary one beside it', async () => {
  const directory = folder();
  const missing = join(directory, 'missing/system.json');
  await expect(writeFileWhole(missing, parts('new'))).rejects.toMatchObject({
    message: `Cannot write ${missing}: its folder does not exist`,
  });
  const long = join(directory, 'x'.repeat(250));
  await expect(writeFileWhole(long, parts('new'))).rejects.toMatchObject({
    message: `Cannot write ${long}: ENAMETOOLONG: name too long`,
  });
});
