/**
 * The vocabulary of CONTRIBUTING.md: which words the texts of this project use, and which they avoid.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Term {
  readonly write: string;
  /** Matches the words to avoid, ignoring case. */
  readonly avoid: RegExp;
}

/**
 * Reads the table under “Vocabulary”: what to write, and the words to avoid, each as code.
 *
 * @throws Error where there is no such table
 */
export function readVocabulary(project: string): Term[] {
  const text = readFileSync(join(project, 'CONTRIBUTING.md'), 'utf8');
  const [, section = ''] = text.split('\n## Vocabulary\n');
  const rows = section
    .split('\n## ', 1)
    .join('')
    .matchAll(/^\| (.+?) \| (`.+`) \|$/gm);
  const terms = [...rows].map(([, write = '', avoid = '']) => ({ write, avoid: patternOf(avoid) }));
  if (terms.length === 0) throw new Error('CONTRIBUTING.md has no table under “Vocabulary”');
  return terms;
}

/** @param list - each in backticks */
function patternOf(list: string): RegExp {
  const words = [...list.matchAll(/`(.+?)`/g)].map(([, word = '']) => word);
  const sources = words.map((word) => word.replaceAll(' ', '\\s+').replaceAll("'", "['’]"));
  return new RegExp(`\\b(?:${sources.join('|')})\\b`, 'gi');
}
