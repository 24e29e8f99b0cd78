import { expect, test } from 'vitest';
import { placeholderBase, withRelativeLinks } from '../../scripts/site/relative-links.ts';

test.each([
  ['index.html', './', './api/errors/'],
  ['try/index.html', '../', '../api/errors/'],
  ['reference/operations/getmember/index.html', '../../../', '../../../api/errors/'],
])('links of %s are relative', (file, root, errors) => {
  const html = `<a href="${placeholderBase}">Start</a><img src='${placeholderBase}api/errors/'>`;
  expect(withRelativeLinks(file, html)).toBe(`<a href="${root}">Start</a><img src='${errors}'>`);
});

test('a script finds the root of the site from its own address', () => {
  const script = withRelativeLinks(
    '_astro/search.js',
    `use((() => {return\`${placeholderBase}\`})(), "${placeholderBase}")`,
  );
  const [first, second] = new Function(
    'use',
    `return ${script.replaceAll('import.meta.url', "'https://example.com/docs/_astro/search.js'")}`,
  )((...roots: unknown[]) => roots);
  expect([first, second]).toEqual(['/docs/', '/docs/']);
});

test('any other use fails the build', () => {
  for (const [file, text] of [
    ['index.html', `<p data-root="${placeholderBase}">`],
    ['_astro/search.js', `use("${placeholderBase}api/")`],
    ['style.css', `a { background: url(${placeholderBase}a.png) }`],
  ] as const) {
    expect(() => withRelativeLinks(file, text)).toThrow(`${file} has a link that cannot be made relative`);
  }
});

test('what has no such link stays as it is', () => {
  expect(withRelativeLinks('a.js', 'use("/")')).toBe('use("/")');
});
