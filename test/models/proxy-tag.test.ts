import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyProxyTag, matchProxy, type ProxyOptions } from '../../src/models/index.ts';

const member = (name: string, ...tags: [prefix: string | null, suffix: string | null][]) => ({
  name,
  proxy_tags: tags.map(([prefix, suffix]) => ({ prefix, suffix })),
});

const ann = member('Ann', ['A:', null], [null, '-A'], ['{', '}']);

test.each([
  ['A:hello', 'hello', 0],
  ['A: hello ', ' hello ', 0],
  ['hello-A', 'hello', 1],
  ['{hello}', 'hello', 2],
  ['A:\nhello', '\nhello', 0],
])('the message %j is said by Ann: %j', (text, inner, tag) => {
  const match = matchProxy(text, ann);
  expect(match).toEqual({ member: ann, tag: ann.proxy_tags[tag], text: inner });
  expect(match?.tag).toBe(ann.proxy_tags[tag]);
});

test.each(['hello', '', 'a:hello', '{hello', 'hello}', 'A', ' A:hello', '}{'])(
  'the message %j is said by nobody',
  (text) => {
    expect(matchProxy(text, ann)).toBeNull();
  },
);

test('the longest tag wins, whatever the order of members and tags', () => {
  const members = [
    member('short', [';n', null]),
    member('long', [';nx', null]),
    member('both', [';n', 'x;']),
  ];
  for (const order of [members, [...members].reverse()]) {
    expect(matchProxy(';nope', order)?.member.name).toBe('short');
    expect(matchProxy(';nxt', order)?.member.name).toBe('long');
    expect(matchProxy(';nx textx;', order)?.member.name).toBe('both');
  }
});

test('of equally long tags the first in the order given wins', () => {
  const members = [member('first', ['ab', null]), member('second', ['ab', null], ['a', 'b'])];
  expect(matchProxy('ab hello b', members)?.member.name).toBe('first');
  expect(matchProxy('ab hello b', [...members].reverse())?.tag).toEqual({ prefix: 'ab', suffix: null });
});

test('a prefix and a suffix do not share letters', () => {
  expect(matchProxy('aba', member('Ann', ['ab', 'ba']), { allowEmpty: true })).toBeNull();
  expect(matchProxy('abba', member('Ann', ['ab', 'ba']), { allowEmpty: true })?.text).toBe('');
  expect(matchProxy('abxba', member('Ann', ['ab', 'ba']))?.text).toBe('x');
});

interface Case {
  readonly rule: string;
  readonly tags: [prefix: string | null, suffix: string | null][];
  /** A message that the rule lets pass, and its text. */
  readonly passes: [message: string, text: string];
  /** A message that the rule stops. */
  readonly stops: string;
  readonly options?: ProxyOptions;
}

const file = { allowEmpty: true };
const heart = '\u2764';

/** The bot's rules, each with a message that it lets pass and one that it stops. */
const cases: readonly Case[] = [
  { rule: 'prefix', tags: [['A:', null]], passes: ['A:hi', 'hi'], stops: 'hi A:' },
  { rule: 'suffix', tags: [[null, '-A']], passes: ['hi-A', 'hi'], stops: '-A hi' },
  { rule: 'as long as both', tags: [['ab', 'ba']], passes: ['abba', ''], stops: 'aba', options: file },
  { rule: 'case', tags: [['A:', null]], passes: ['A:hi', 'hi'], stops: 'a:hi' },
  {
    rule: 'case that does not matter',
    tags: [['A:', null]],
    passes: ['a:Hi', 'Hi'],
    stops: 'b:Hi',
    options: { caseSensitive: false },
  },
  { rule: 'text inside', tags: [['A:', null]], passes: ['A:.', '.'], stops: 'A:  ' },
  {
    rule: 'shorter tags are not tried',
    tags: [
      ['A', null],
      ['A:', null],
    ],
    passes: ['A.', '.'],
    stops: 'A:',
  },
  { rule: 'nothing inside with a file', tags: [['{', '}']], passes: ['{}', ''], stops: '{', options: file },
  {
    rule: 'a tag with a space, with a file',
    tags: [['A: ', null]],
    passes: ['A:', ''],
    stops: 'A:hi',
    options: file,
  },
  { rule: 'spaces inside both', tags: [['{ ', ' }']], passes: [' {} ', ''], stops: '{x}', options: file },
  { rule: 'a tag with a space, without a file', tags: [['A: ', null]], passes: ['A: x', 'x'], stops: 'A:' },
  { rule: 'leading mention', tags: [['A:', null]], passes: ['<@1> A:hi', '<@1> hi'], stops: '<@1>A:hi' },
  {
    rule: 'leading mention by nickname',
    tags: [['A:', null]],
    passes: ['<@!1> A:hi', '<@!1> hi'],
    stops: '<@!x> A:hi',
  },
  {
    rule: 'one mention only',
    tags: [['A:', null]],
    passes: ['<@1> A:<@2> hi', '<@1> <@2> hi'],
    stops: '<@1> <@2> A:hi',
  },
  {
    rule: 'leading mention, nothing inside',
    tags: [['A:', null]],
    passes: ['<@1> A:x', '<@1> x'],
    stops: '<@1> A:',
  },
  { rule: 'a mention is no prefix <', tags: [['<', null]], passes: ['<hi', 'hi'], stops: '<@1>hi' },
  { rule: 'a channel is no prefix <', tags: [['<', null]], passes: ['<#x', '#x'], stops: '<#1> hi' },
  { rule: 'a role is no prefix <', tags: [['<', null]], passes: ['<@&x', '@&x'], stops: '<@&1> hi' },
  { rule: 'an emote is no prefix <', tags: [['<', null]], passes: ['<:x', ':x'], stops: '<:name:1> hi' },
  {
    rule: 'an animated emote is no prefix <',
    tags: [['<', null]],
    passes: ['<a:x', 'a:x'],
    stops: '<a:name:1> hi',
  },
  { rule: 'an emote is no suffix >', tags: [[null, '>']], passes: ['hi>', 'hi'], stops: 'hi <:name:1>' },
  {
    rule: 'longer tags see no emote',
    tags: [['<:', null]],
    passes: ['<:name:1>', 'name:1>'],
    stops: '<a:name:1>',
  },
  {
    rule: 'variation selector',
    tags: [[heart, null]],
    passes: [`${heart}hi`, 'hi'],
    stops: `${heart}\uFE0F`,
    options: file,
  },
  {
    rule: 'variation selector and text',
    tags: [[heart, null]],
    passes: [`${heart}\uFE0F!`, '\uFE0F!'],
    stops: '\uFE0F!',
  },
];

test.each(cases)(
  'a proxy tag matches by the bot’s rule: $rule',
  ({ tags, passes: [message, text], stops, options }) => {
    const someone = member('someone', ...tags);
    expect(matchProxy(message, someone, options)?.text).toBe(text);
    expect(matchProxy(stops, someone, options)).toBeNull();
  },
);

test('capitals matter unless the setting says otherwise', () => {
  expect(matchProxy('a:Hello', ann)).toBeNull();
  expect(matchProxy('a:Hello', ann, { caseSensitive: true })).toBeNull();
  expect(matchProxy('a:Hello', ann, { caseSensitive: false })?.text).toBe('Hello');
  expect(matchProxy('İ:Hello', member('I', ['İ:', null]), { caseSensitive: false })?.text).toBe('Hello');
});

test('a letter that is longer in lower case is not cut in two', () => {
  const dotted = 'i\u0307'; // what İ becomes
  expect(matchProxy('İone', member('I', [dotted, null]), { caseSensitive: false })).toBeNull();
  expect(matchProxy('oneİ', member('I', [null, dotted]), { caseSensitive: false })).toBeNull();
});

test('members without tags, hidden tags and empty tags match nothing', () => {
  expect(matchProxy('hello', [])).toBeNull();
  expect(matchProxy('hello', [{ proxy_tags: [] }, { proxy_tags: null }, {}])).toBeNull();
  expect(matchProxy('hello', member('empty', [null, null], ['', '']))).toBeNull();
});

const affix = fc.option(fc.string({ maxLength: 4 }), { nil: null });
const tag = fc.record({ prefix: affix, suffix: affix });

test('a text inside of a tag is found again', () => {
  fc.assert(
    fc.property(fc.string(), tag, fc.boolean(), (text, around, caseSensitive) => {
      fc.pre(Boolean(around.prefix || around.suffix));
      const options = { allowEmpty: true, caseSensitive };
      const match = matchProxy(applyProxyTag(text, around), { proxy_tags: [around] }, options);
      expect([text, '']).toContain(match?.text);
      if (match?.text === '') expect(text.trim()).toBe('');
    }),
  );
});

test('every match gives the tag and the text that were typed, and no longer tag fits', () => {
  const letters = fc.option(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 }), { nil: null });
  const tags = fc.array(fc.record({ prefix: letters, suffix: letters }), { maxLength: 5 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(text, fc.array(fc.record({ proxy_tags: tags }), { maxLength: 4 }), (typed, members) => {
      const match = matchProxy(typed, members, { allowEmpty: true });
      const fitting = members
        .flatMap((one) => one.proxy_tags)
        .map(({ prefix, suffix }) => ({ prefix: prefix ?? '', suffix: suffix ?? '' }))
        .filter(({ prefix, suffix }) => prefix.length + suffix.length > 0)
        .filter(({ prefix, suffix }) => typed.length >= prefix.length + suffix.length)
        .filter(({ prefix, suffix }) => typed.startsWith(prefix) && typed.endsWith(suffix))
        .map(({ prefix, suffix }) => prefix.length + suffix.length);
      if (match) {
        expect(applyProxyTag(match.text, match.tag)).toBe(typed);
        expect(typed.length - match.text.length).toBe(Math.max(...fitting));
      } else {
        expect(fitting).toEqual([]);
      }
    }),
    { numRuns: 2000 },
  );
});
