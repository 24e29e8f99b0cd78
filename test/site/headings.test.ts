import { expect, test } from 'vitest';
import { withOwnHeadings } from '../../scripts/site/headings.ts';

test('headings that share an id are numbered, and so are the links to them', () => {
  const links = '<a href="#headers">H</a><a href="#200">200</a><a href="#headers">H</a>';
  const page = `${links}<h3 id="200">200</h3><h4 id="headers">H</h4><h4 id="headers">H</h4>${links}`;
  const numbered = '<a href="#headers">H</a><a href="#200">200</a><a href="#headers-2">H</a>';
  expect(withOwnHeadings(page)).toBe(
    `${numbered}<h3 id="200">200</h3><h4 id="headers">H</h4><h4 id="headers-2">H</h4>${numbered}`,
  );
});

test('a page whose ids are its headings’ own stays as it is', () => {
  const page = '<a href="#a">A</a><a href="#a">A</a><h2 id="a">A</h2>';
  expect(withOwnHeadings(page)).toBe(page);
});

test('ambiguous links fail the build', () => {
  const page = '<a href="#a">A</a><h2 id="a">A</h2><h2 id="a">A</h2>';
  expect(() => withOwnHeadings(page)).toThrow('1 links lead to 2 headings with the id a.');
});

test('captions of examples are not headings', () => {
  expect(withOwnHeadings('<h5 class="sl-openapi-examples-heading x">Example</h5>')).toBe(
    '<p class="sl-openapi-examples-heading x">Example</p>',
  );
});
