/** What an editor shows of the built package. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';
import { withWholeObjects } from '../../scripts/bundle/whole-objects.ts';
import { methodName } from '../../scripts/generate/methods-names.ts';
import { bundleDocuments, type Document, resolveReference } from '../../scripts/lib/document.ts';
import { operationsOf } from '../../scripts/lib/matcher.ts';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import { requireFreshDist } from '../support/dist.ts';
import { openInEditor } from '../support/language-service.ts';

const dist = join(projectDirectory, 'dist');
let document: Document;

beforeAll(async () => {
  requireFreshDist();
  document = withWholeObjects((await bundleDocuments()).v2);
});

/** Words alone: editors break lines as they like. */
const words = (text: unknown) => String(text).replace(/\s+/g, ' ').trim();

function hoversOf(lines: readonly string[]): string[] {
  const head = [
    "import { type components, type Events, type Message, type OwnMember, PluralKit } from 'pluralkit-openapi';",
    "const pk = new PluralKit({ userAgent: 'tests/1.0' });",
    "const owner = pk.with({ view: 'owner' });",
    'declare const schemas: components["schemas"];',
    'declare const events: Events;',
    'declare const member: OwnMember;',
    'declare const message: Message;',
  ];
  const editor = openInEditor([...head, ...lines].join('\n'));
  expect(editor.errors()).toEqual([]);
  return editor.hovers();
}

test('no comment of the package is lost: each belongs to what it stands before', () => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.d.ts'),
  );
  let count = 0;
  for (const name of files) {
    const text = readFileSync(join(dist, name), 'utf8');
    const attached = new Set<number>();
    const visit = (node: ts.Node): void => {
      for (const { pos } of ts.getJSDocCommentsAndTags(node)) attached.add(pos);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
    const comments = [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)];
    const lost = comments.filter(({ index }) => !attached.has(index));
    const places = lost.map(({ index }) => `${name}: ${text.slice(index, index + 80)}`);
    expect(places, 'comments on one line within a type literal: name the type as an interface').toEqual([]);
    count += comments.length;
  }
  expect(count).toBeGreaterThan(1000);
});

test('every described property of every schema shows its description', () => {
  const schemas =
    isObject(document.components) && isObject(document.components.schemas) ? document.components.schemas : {};
  const properties = Object.entries(schemas).flatMap(([schema, node]) => {
    const { properties, type } = resolveReference(document, node);
    if (type !== 'object' || !isObject(properties)) return [];
    return Object.entries(properties).flatMap(([name, property]) => {
      const { description } = {
        ...resolveReference(document, property),
        ...(isObject(property) && property),
      };
      return description === undefined ? [] : [{ schema, name, description }];
    });
  });
  expect(properties.length).toBeGreaterThan(400);
  const hovers = hoversOf(properties.map(({ schema, name }) => `void schemas.${schema}./**/${name};`));
  for (const [index, { schema, name, description }] of properties.entries()) {
    const text = words(hovers[index]);
    expect(text, `${schema}.${name}`).toContain(words(description));
    expect(text, `${schema}.${name}`).not.toMatch(/components\["schemas"\]|@description|@constant|@enum/);
  }
});

test('every method shows what its operation is about', () => {
  const operations = operationsOf(document).filter(({ definition }) => definition['x-unstable'] !== true);
  const hovers = hoversOf(
    operations.map((operation) => {
      const { group, method } = methodName(operation);
      return `void pk.${group}./**/${method};`;
    }),
  );
  for (const [index, { operationId, definition }] of operations.entries()) {
    const text = words(hovers[index]);
    expect(text, operationId).toContain(words(definition.summary));
    expect(text, operationId).toContain(words(definition.description));
  }
});

test('types are shown by the names of models', () => {
  const shown = [
    ['const /**/updated = await pk.systems.update("@me", {});', 'const updated: OwnSystem'],
    ['const /**/list = await pk.members.list("@me");', 'const list: Member[]'],
    ['const /**/me = await pk.systems.get("@me");', 'const me: System'],
    ['const /**/groups = await pk.groups.list("@me");', 'const groups: GroupWithMembers[]'],
    ['const /**/one = await pk.switches.get("@me", "");', 'const one: SwitchWithMembers'],
    ['const /**/mine = await owner.systems.get("@me");', 'const mine: OwnSystem'],
    ['const /**/own = await owner.members.list("@me");', 'const own: OwnMember[]'],
    ['const /**/ownGroups = await owner.groups.list("@me");', 'const ownGroups: OwnGroupWithMembers[]'],
    [
      'const /**/front = await owner.switches.getFronters("@me");',
      'const front: OwnSwitchWithMembers | null',
    ],
    [
      'const /**/made = await owner.switches.create("@me", { members: [] });',
      'const made: OwnSwitchWithMembers',
    ],
    ['void (await owner.groups.list("@me"))[0]?./**/members;', 'The UUIDs of the members in the group.'],
    ['const /**/found = await pk.messages.find("1");', 'const found: Message | null'],
    ['void member./**/privacy;', '(property) OwnMember.privacy: MemberPrivacy'],
    ['void member./**/proxy_tags;', '(property) OwnMember.proxy_tags: ProxyTag[]'],
    ['void message./**/member;', '(property) Message.member: MessageMember | null'],
    ['void member.privacy./**/visibility;', '(property) MemberPrivacy.visibility: Privacy'],
  ] as const;
  const hovers = hoversOf(shown.map(([line]) => line));
  for (const [index, [, text]] of shown.entries()) expect(hovers[index]).toContain(text);
});

test('options and events show their comments', () => {
  const [event, option, body] = hoversOf([
    'void events./**/onRequest;',
    'pk.switches.list("@me", { /**/before: "2024-01-01T00:00:00Z" });',
    'pk.members.update("abcde", { /**/pronouns: "they/them" });',
  ]);
  expect(event).toContain('Called before a request is sent.');
  expect(option).toContain('Only switches from before this moment');
  expect(body).toMatch(/How to speak of the member/);
});

test('imports from the root are not completed with names of errors, events and texts', () => {
  const program = ts.createProgram([join(dist, 'index.d.ts')], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(join(dist, 'index.d.ts'));
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) throw new Error('dist/index.d.ts is not a module.');
  const names = checker.getExportsOfModule(module).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['PluralKit', 'OwnMember', 'MemberPatch', 'components', 'paths']),
  );
  const unwanted = [
    'Error',
    'Forbidden',
    'Unauthorized',
    'BadRequest',
    'Unimplemented',
    'MemberNotFound',
    'PingEvent',
  ];
  expect(names.filter((name) => unwanted.includes(name) || name in globalThis)).toEqual([]);
});
