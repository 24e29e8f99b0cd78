/**
 * The endpoint that CONTRIBUTING.md adds, as its blocks have it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Block, blocksOf } from '../readme/blocks.ts';

/** A block that is a file, or a change of one. */
type FileBlock = Block & { readonly title: string };

/** The files that are written by hand, in the order of the steps. */
export function endpointFiles(contributing: string): readonly FileBlock[] {
  return blocksOf(contributing).filter(isFileBlock);
}

/** The commands of the steps, in order. */
export function endpointCommands(contributing: string): readonly string[] {
  return blocksOf(contributing)
    .filter(isCommand)
    .map(({ code }) => code.trim());
}

/** Whether the long test writes or runs a block. */
export function isRunByTest(block: Block): boolean {
  return isFileBlock(block) || isCommand(block);
}

function isFileBlock(block: Block): block is FileBlock {
  return block.title !== undefined;
}

function isCommand({ language }: Block): boolean {
  return language === 'sh';
}

/** Does by hand what a block says: writes its file, or changes it where the block is a diff. */
export function writeByHand(project: string, { title, language, code }: FileBlock): void {
  const file = join(project, title);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, language === 'diff' ? changed(readFileSync(file, 'utf8'), code) : code);
}

/** A text with the lines of a diff changed. The last line may be the beginning of one. */
function changed(text: string, diff: string): string {
  const lines = diff.trimEnd().split('\n');
  const side = (sign: '-' | '+') =>
    lines
      .filter((line) => line.startsWith(sign) || line.startsWith(' '))
      .map((line) => line.slice(1))
      .join('\n');
  const [before, after] = [side('-'), side('+')];
  if (!text.includes(before)) {
    throw new Error(`The lines to change are not there:\n${before}`);
  }
  return text.replace(before, () => after);
}
