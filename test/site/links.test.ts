import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { guidePages } from '../../scripts/site/guide-pages.ts';
import { anchorsOf } from '../support/markdown.ts';

const read = (path: string) => readFileSync(join(projectDirectory, path), 'utf8');
const content = 'docs/src/content/docs/';

/** The pages that are written by hand, and those of the document's guide, by their address in the site. */
const pages = new Map(
  [
    ...execFileSync('git', ['ls-files', content], { cwd: projectDirectory, encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((file) => [file.slice(content.length), read(file)] as const),
    ...Object.entries(guidePages(read('spec/v2/guide.md'))).map(
      ([file, text]) => [`api/${file}`, text] as const,
    ),
  ].map(([file, text]) => [`/${file.replace(/\.mdx?$/, '/').replace(/^index\/$/, '')}`, text]),
);

/** What the build adds, whose links it checks itself. */
const built = /^\/(reference|operations|typescript|openapi|collections)\//;

/** The links to other places in the site, without those in code. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)].map(([, link = '']) => link);
}

describe.each([...pages])('the page %s', (address, text) => {
  test('links to pages and headings that are there', () => {
    const broken = linksOf(text).filter((link) => {
      const { pathname, hash } = new URL(link, `https://site.test${address}`);
      if (built.test(pathname)) return false;
      const target = pages.get(pathname);
      return target === undefined || (hash !== '' && !anchorsOf(target).includes(hash.slice(1)));
    });
    expect(broken).toEqual([]);
  });
});

test('links between pages are found', () => {
  expect([...pages.values()].flatMap(linksOf).length).toBeGreaterThan(40);
});
