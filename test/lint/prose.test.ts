import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lintProse } from '../../scripts/prose/lint.ts';

const vocabulary =
  "# Contributing\n\n## Vocabulary\n\n| write | avoid |\n|---|---|\n| response | `gizmo`, `one's gadget` |\n\n## Next\n";

/** The faults in a project of one file and a vocabulary. */
async function faultsOf(name: string, text: string): Promise<string[]> {
  const project = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(project, { recursive: true }));
  writeFileSync(join(project, 'CONTRIBUTING.md'), vocabulary);
  mkdirSync(dirname(join(project, name)), { recursive: true });
  writeFileSync(join(project, name), text);
  return lintProse(project, [name]);
}

test.each([
  ['README.md', 'Read the gizmo.\n', 1, 10],
  ['guide.mdx', 'A list:\n\n- **Gizmo** first\n', 3, 5],
  ['spec/member.yaml', 'type: object\ndescription: The gizmo of the server.\n', 2, 18],
  ['spec/member.yaml', 'description: |\n  The whole\n  gizmo.\n', 3, 3],
  ['src/index.ts', '// Reads the gizmo.\n', 1, 14],
  ['src/index.ts', 'export const a = {\n  /** Of one’s gadget system. */\n  b: 1,\n};\n', 2, 10],
  ['src/index.ts', "throw new Error('No gizmo came');\n", 1, 21],
  ['src/index.ts', 'const text = `An gizmo of $' + '{1} and the gizmo`;\n', 1, 18],
])('the prose in %s with %j has a fault', async (name, text, line, column) => {
  const [fault] = await faultsOf(name, text);
  expect(fault).toMatch(
    new RegExp(`^${name}:${line}:${column}: “(gizmo|one’s gadget)”: write response$`, 'i'),
  );
});

test.each([
  ['export interface Gizmo {}\n', 'Gizmo', 1, 18],
  ['export interface A {\n  readonly lastGizmo?: 1;\n}\n', 'lastGizmo', 2, 12],
  ['export type A = { onGizmo(): void };\n', 'onGizmo', 1, 19],
  ['export function a(gizmo_count = 1) {}\n', 'gizmo_count', 1, 19],
  ['export const [a, { gizmo }] = b;\n', 'gizmo', 1, 20],
  ['export const a = { gizmo: 1 };\n', 'gizmo', 1, 20],
  ['export class A {\n  toGizmo() {}\n}\n', 'toGizmo', 2, 3],
  ['export default class Gizmo {}\n', 'Gizmo', 1, 22],
  ["export type { Gizmo } from './a.ts';\n", 'Gizmo', 1, 15],
])('the exported name in %j is a fault', async (text, name, line, column) => {
  for (const file of ['src/index.ts', 'src/index.js'])
    expect(await faultsOf(file, text)).toEqual([`${file}:${line}:${column}: “${name}”: write response`]);
});

test.each([
  'interface Gizmo {}\n',
  'export function a() {\n  const gizmo = 1;\n  return gizmo;\n}\n',
  'export const a = (() => { const gizmo = 1; })();\n',
  'export const gizmology = b.gizmo;\n',
])('the names in %j are no fault', async (text) => {
  expect(await faultsOf('src/index.ts', text)).toEqual([]);
});

test.each([
  ['README.md', 'Call `gizmo()`.\n\n```ts\nconst gizmo = 1;\n```\n'],
  ['spec/member.yaml', 'gizmo: string\ngizmos with: Some `gizmo` text\n'],
  ['src/index.ts', "const gizmo = 'gizmo';\n// The variable `gizmo` is read.\n"],
])('the text in %s with %j has no fault, since it is code', async (name, text) => {
  expect(await faultsOf(name, text)).toEqual([]);
});

test('a project without a vocabulary is an error', async () => {
  const project = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(project, { recursive: true }));
  writeFileSync(join(project, 'CONTRIBUTING.md'), '# Contributing\n');
  await expect(lintProse(project, [])).rejects.toThrow('no table under “Vocabulary”');
});
