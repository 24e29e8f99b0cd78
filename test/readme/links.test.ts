import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';

const read = (path: string) => readFileSync(join(projectDirectory, path), 'utf8');
/** Texts outside the site, whose links its build checks. */
const files = execFileSync('git', ['ls-files', '*.md', '.github/*'], {
  cwd: projectDirectory,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => file.endsWith('.md') && !file.startsWith('docs/src/') && !file.startsWith('spec/'));

/** As GitHub makes anchors of headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(files)('%s', (file) => {
  const text = read(file);

  test('points at files and headings that are there', () => {
    const links = [...text.matchAll(/\]\((?![a-z]+:)([^)\s]*)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(projectDirectory, target))) return true;
      return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names only files of the repository that are there', () => {
    const paths = [...text.matchAll(/`((?:spec|src|scripts|test|docs|examples|generated)\/[\w./-]*)`/g)].map(
      ([, path = '']) => path,
    );
    // What a command makes is not in the repository.
    const made = ['docs/dist'];
    const gone = paths.filter((path) => !made.includes(path) && !existsSync(join(projectDirectory, path)));
    expect(gone).toEqual([]);
  });
});
