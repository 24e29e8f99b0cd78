/**
 * Makes the links of the built site relative, so that one build works below any path of any host. Astro builds for one known
 * path only.
 */
import { relative } from 'node:path';
import { ProgramError } from '../lib/program.ts';

/** The path that the site is built for, which occurs nowhere else. */
export const placeholderBase = '/placeholder-of-the-base-path/';

const inAttribute = new RegExp(`(\\s(?:href|src)=["'])${placeholderBase}`, 'g');
const inString = new RegExp(`(["'\`])${placeholderBase}\\1`, 'g');

/**
 * A text file of the site, its links relative to where it is.
 *
 * @param file - its path within the site, with slashes
 * @throws ProgramError where the path occurs in a form that is unknown
 */
export function withRelativeLinks(file: string, text: string): string {
  if (!text.includes(placeholderBase)) return text;
  const toRoot = `${relative(`/${file}/..`, '/') || '.'}/`;
  const changed = file.endsWith('.html')
    ? text.replace(inAttribute, `$1${toRoot}`)
    : text.replace(inString, `(new URL(${JSON.stringify(toRoot)},import.meta.url).pathname)`);
  const index = changed.indexOf(placeholderBase);
  if (index === -1) return changed;
  const around = changed.slice(Math.max(0, index - 60), index + placeholderBase.length + 20);
  throw new ProgramError(`${file} has a link that cannot be made relative: ${around}`);
}
