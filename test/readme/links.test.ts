import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { projectDirectory } from '../../scripts/lib/program.ts';
import { anchorsOf } from '../support/markdown.ts';

const read = (path: string) => readFileSync(join(projectDirectory, path), 'utf8');
/** Texts outside the site, whose links its build checks. */
const files = execFileSync('git', ['ls-files', '*.md', '.github/*'], {
  cwd: projectDirectory,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => file.endsWith('.md') && !file.startsWith('docs/src/') && !file.startsWith('spec/'));

test('the addresses of the project are those of package.json', () => {
  const { name, repository, homepage, bugs } = packageJson;
  const address = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  expect(address).toMatch(new RegExp(`^https://github\\.com/[\\w-]+/${name}$`));
  expect([homepage, bugs]).toEqual([`${address}#readme`, `${address}/issues`]);
  const linked = files.flatMap((file) => [...read(file).matchAll(/https?:\/\/[^\s)>"'`]+/g)].flat());
  const own = linked.filter((link) => link.includes(name));
  expect(own.filter((link) => !link.startsWith(address) && !link.endsWith(`/package/${name}`))).toEqual([]);
});

/** Where links may lead. Another host is added with its first link: a mistyped one is not found by accident. */
const hosts = ['keepachangelog.com', 'oembed.com', 'pluralkit.me', 'semver.org'];

test('every link to another site is https, and leads to a host that is meant', () => {
  const texts = execFileSync('git', ['ls-files', '*.md', '*.mdx', 'spec/*.yaml'], {
    cwd: projectDirectory,
    encoding: 'utf8',
  });
  const links = texts
    .trim()
    .split('\n')
    .flatMap((file) => [...read(file).matchAll(/\]\((\w+:[^)\s]*)\)/g)].map(([, link = '']) => link));
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((link) => !link.startsWith('https://') || !URL.canParse(link))).toEqual([]);
  expect([...new Set(links.map((link) => new URL(link).host))].sort()).toEqual(hosts);
});

test('every picture is there, and is small enough to load at once', () => {
  const pictures = files.flatMap((file) =>
    [...read(file).matchAll(/!\[[^\]]+\]\(([^)\s]+)\)/g)].map(([, path = '']) => join(dirname(file), path)),
  );
  expect(pictures).toEqual(['docs/images/console-and-docs.png']);
  for (const path of pictures) expect(statSync(join(projectDirectory, path)).size).toBeLessThan(200_000);
});

describe.each(files)('%s', (file) => {
  const text = read(file);

  test('has only links to files and headings that are there', () => {
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
