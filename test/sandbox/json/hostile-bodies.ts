const size = 990_000;

const fill = (piece: string): string => piece.repeat(Math.floor(size / piece.length));
const list = (item: string): string => `[${fill(`${item},`)}${item}]`;

/** Values of a megabyte of one kind each, which readers of JSON have been slow at. */
export const hostileValues: Readonly<Record<string, string>> = {
  digits: fill('1'),
  'digits with a letter': `${fill('1')}x`,
  'negative digits': `-${fill('9')}`,
  'a fraction': `1.${fill('1')}`,
  zeros: fill('0'),
  'octal digits': `0${fill('7')}`,
  'a word': fill('a'),
  'an unquoted key': `{${fill('a')}:1}`,
  'a string': `"${fill('a')}"`,
  'a string of blanks': `"${fill(' ')}x"`,
  'a string in single quotes': `'${fill('a')}'`,
  'a string that does not end': `"${fill('\\"')}`,
  'escaped characters': `"${fill('\\u00e9')}"`,
  'lenient escapes': `"${fill("\\'")}"`,
  'astral characters': `"${fill('🌊')}"`,
  'combining characters': `"${fill('e\u0301')}"`,
  'an endless host': `"https://${fill('a.')}/"`,
  'a date with blanks': `"2020-01-01 00:00${fill(' ')}x"`,
  'nested lists': fill('['),
  'nested objects': fill('{"a":'),
  'empty lists': list('[]'),
  'empty items': `[${fill(',')}]`,
  integers: list('1'),
  fractions: list('1.5'),
  'hexadecimal numbers': list('0x1'),
  truths: list('true'),
  strings: list('"abcde"'),
  'escaped strings': list('"\\n"'),
  objects: list('{"prefix":"a"}'),
  ids: `[${Array.from({ length: 25_000 }, (_, index) => `"00000000-0000-4000-8000-${String(index).padStart(12, '0')}"`)}]`,
  keys: `{${Array.from({ length: 80_000 }, (_, index) => `"k${index}":1`)}}`,
  'a comment': `/*${fill('*')}*/1`,
  comments: `${fill('/**/')}1`,
  blanks: `${fill(' ')}1`,
};
