import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../generated/v2/operations.ts';
import * as pluralkit from '../../src/index.ts';

const page = readFileSync(
  new URL('../../docs/src/content/docs/moving/pluralkit-py.md', import.meta.url),
  'utf8',
);
const sections = new Map(page.split(/^## /m).map((section) => [section.split('\n')[0] ?? '', section]));
const types = readFileSync(new URL('../../generated/v2/schema.ts', import.meta.url), 'utf8');

/** The cells of a section's tables, without heads and rules. */
function rowsOf(title: string): string[][] {
  const lines = (sections.get(title) ?? '').split('\n').filter((line) => line.startsWith('| '));
  const rows = lines.map((line) => line.split('|').slice(1, -1));
  return rows.filter(([first]) => !first?.includes('pluralkit.py '));
}

/** What stands within backticks. */
function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
}

/** Public names of pluralkit.py, by the section that deals with them. */
const theirs = {
  Client: `Client get_system update_system get_system_settings update_system_settings get_system_guild_settings
    update_system_guild_settings get_autoproxy_settings update_autoproxy_settings get_members get_member new_member
    update_member delete_member get_member_groups add_member_groups remove_member_groups set_member_groups
    get_member_guild_settings update_member_guild_settings get_groups get_group new_group update_group delete_group
    get_group_members add_group_members remove_group_members set_group_members get_fronters get_switches get_switch
    new_switch update_switch delete_switch get_message token async_mode headers`,
  Models:
    'System SystemSettings AutoproxySettings SystemGuildSettings Member MemberGuildSettings Group Switch Message',
  Primitives: 'SystemId MemberId GroupId SwitchId Birthday Color ProxyTag ProxyTags Timestamp Timezone',
  Enumerations: 'AutoproxyMode Privacy',
  Exceptions: `PluralKitException HTTPError GenericBadRequest NotFound SystemNotFound MemberNotFound GroupNotFound
    SwitchNotFound MessageNotFound GuildNotFound NotOwnSystem NotOwnMember NotOwnGroup`,
};

describe.each(Object.entries(theirs))('%s of pluralkit.py', (title, names) => {
  const first = rowsOf(title).flatMap(([cell = '']) => codeIn(cell).map((code) => code.split(/[ (.]/)[0]));
  test.each(names.split(/\s+/))('has a row for %s', (name) => expect(first).toContain(name));
});

const pk = new pluralkit.PluralKit({ userAgent: 'test/1.0 (test@example.com)' });
const property = (owner: unknown, name: string): unknown =>
  typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;

test('every method that the page names exists', () => {
  const calls = [...page.matchAll(/\bpk\.(\w+)\.(\w+)\(/g)].map(([, group = '', method = '']) => [
    group,
    method,
  ]);
  expect(calls.length).toBeGreaterThan(35);
  for (const [group = '', method = ''] of calls) {
    expect([group, method, typeof property(property(pk, group), method)]).toEqual([
      group,
      method,
      'function',
    ]);
  }
  expect('key' in pk).toBe(true);
});

test('every model that the page names is a type of the document', () => {
  const names = rowsOf('Models').flatMap(([, cell = '']) => codeIn(cell));
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) expect(types).toMatch(new RegExp(`^export (type|interface) ${name}\\b`, 'm'));
});

test('every function for values that the page names is exported', () => {
  const cells = [
    ...rowsOf('Primitives').map(([, , cell = '']) => cell),
    ...rowsOf('Enumerations').map(([, cell = '']) => cell),
  ];
  const names = cells
    .flatMap(codeIn)
    .filter((code) => /^[a-z]+[A-Z]\w*/.test(code))
    .map((code) => code.split('(')[0] ?? '');
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) expect([name, typeof property(pluralkit, name)]).toEqual([name, 'function']);
});

test('every error is of the class and has the code name that the page tells', () => {
  const classes: Record<string, number[]> = {
    NotFoundError: [404],
    ForbiddenError: [403],
    ValidationError: [400],
    ServerError: [500],
    PluralKitError: [],
  };
  const codes = new Map<string, { status: number }>(Object.entries(errorCodes));
  for (const [, ours = '', names = ''] of rowsOf('Exceptions')) {
    const [name = ''] = codeIn(ours);
    expect([name, typeof property(pluralkit, name)]).toEqual([name, 'function']);
    for (const code of codeIn(names))
      expect([code, classes[name]]).toEqual([code, [codes.get(code)?.status]]);
  }
});
