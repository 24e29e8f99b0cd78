/**
 * Holds the document of version 2 against facts from elsewhere: who may call an operation, from the recordings; which scope
 * and which limit it has, by the server's rules; and which error codes the server knows.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedDocument, resolveReference } from '../../scripts/lib/document.ts';
import { matcherOf, operationsOf } from '../../scripts/lib/matcher.ts';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import { loadExchanges } from './exchanges.ts';

const tags = [
  'Systems',
  'Members',
  'Groups',
  'Switches',
  'Messages',
  'Settings',
  'oEmbed',
  'Private',
  'Webhooks',
];

/** Status, code, name, and operations that are known to give it. */
const errorCodes = table(`
  400  0      BadRequest                   updateMember updateSystem addGroupMembers getMessage listSwitches getMemberGuildSettings
  401  0      Unauthorized                 getSystem createMember deleteGroup getMemberGuildSettings
  403  0      Forbidden                    updateSystem createSwitch getAutoproxySettings getSystemGuildSettings
  500  0      InternalServerError          updateMember updateGroup updateSystem updateSystemSettings
  404  20001  SystemNotFound               getSystem listMembers listGroups getFronters
  404  20002  MemberNotFound               getMember updateMember deleteMember listMemberGroups getMemberOEmbed
  404  20003  MemberNotFoundByReference    createSwitch updateSwitchMembers addGroupMembers overwriteGroupMembers
  404  20004  GroupNotFound                getGroup updateGroup deleteGroup listGroupMembers getGroupOEmbed addMemberGroups
  404  20005  GroupNotFoundByReference     removeMemberGroups overwriteMemberGroups
  404  20006  MessageNotFound              getMessage
  404  20007  SwitchNotFound               getSwitch updateSwitch deleteSwitch updateSwitchMembers
  404  20008  SwitchNotVisible             getSwitch
  404  20009  SystemGuildSettingsNotFound  getSystemGuildSettings updateSystemGuildSettings
  404  20010  MemberGuildSettingsNotFound  getMemberGuildSettings updateMemberGuildSettings
  403  30001  MemberListPrivate            listMembers
  403  30002  GroupListPrivate             listGroups listMemberGroups
  403  30003  GroupMembersPrivate          listGroupMembers
  403  30004  FrontersPrivate              getFronters
  403  30005  FrontHistoryPrivate          listSwitches
  403  30006  NotOwnMember                 updateMember deleteMember addMemberGroups getMemberGuildSettings
  403  30007  NotOwnGroup                  updateGroup deleteGroup addGroupMembers overwriteGroupMembers
  403  30008  NotOwnMemberByReference      updateSwitchMembers
  400  40001  ModelParseError              createMember updateMember createGroup updateGroup updateSystem updateAutoproxySettings
  400  40003  DuplicateSwitchMembers       createSwitch
  400  40004  SameSwitchMembers            createSwitch updateSwitchMembers
  400  40005  SameSwitchTimestamp          createSwitch updateSwitch
  400  40006  InvalidSwitchId              getSwitch updateSwitch deleteSwitch updateSwitchMembers
  400  40007  MemberLimitReached           createMember
  400  40008  GroupLimitReached            createGroup
  501  50001  Unimplemented                getAutoproxySettings updateAutoproxySettings
`).map(([status, code, name = '', ...operationIds]) => {
  return { status: Number(status), code: Number(code), name, operationIds };
});

const document = generatedDocument('v2');
const operations = operationsOf(document);
const match = matcherOf(document);

function operationOf(operationId: string) {
  const found = operations.find((operation) => operation.operationId === operationId);
  if (!found) throw new RangeError(`The document has no ${operationId}`);
  return found;
}

test('tags are in the order in which the API is learned', () => {
  expect(arrayOf(document.tags).map((tag) => resolveReference(document, tag).name)).toEqual(tags);
});

/** Operations to which the real server gave a success without a token; all others need one. */
const open = new Set(
  loadExchanges('v2')
    .filter(({ as, response }) => as === null && response.status < 300)
    .map(({ request }) => match(request.method, request.path)?.operation.operationId),
);

describe.each(operations)('$operationId', ({ operationId, method, path, definition }) => {
  const access = open.has(operationId) ? 'anyone' : 'token';
  const need = resolveReference(document, definition['x-api-key-scope']);
  const scope = `${need.level}:${need.part}`;
  const writes = method !== 'GET';

  test('has a description', () => {
    expect(String(definition.summary)).toMatch(/^[A-Z].{5,}[^.]$/);
    expect(String(definition.description).length).toBeGreaterThanOrEqual(80);
    expect(definition.tags).toHaveLength(1);
    expect(tags).toContain(arrayOf(definition.tags)[0]);
  });

  test('names who may call it', () => {
    const requirements = arrayOf(definition.security).filter(isObject);
    const anonymous = requirements.some((requirement) => Object.keys(requirement).length === 0);
    expect(anonymous).toBe(access === 'anyone');
    expect(requirements).toContainEqual({ LegacyToken: [] });
    expect(requirements).toContainEqual({ ApiKey: [scope] });
    expect(need.part).toBe(partOf(path));
    // Which of the two a GET asks for is held against its responses by test/sandbox/keys-reading.test.ts.
    expect(writes ? ['write'] : ['read', 'publicread']).toContain(need.level);
    const identify = requirements.some(({ ApiKey: scopes }) => arrayOf(scopes).includes('identify'));
    expect(identify).toBe(operationId === 'getSystem');
  });

  test('says in words what an API key needs, and rejects one without it', () => {
    const text = String(definition.description).replace(/\s+/g, ' ');
    const [level, part = ''] = scope.split(':');
    if (level === 'publicread') expect(text).toContain('API key: no scope is needed');
    else if (access === 'token') expect(text).toContain(`API key: needs \`${scope}\`.`);
    else if (part !== 'all') expect(text).toContain(`\`${scope}\` shows`);
    for (const other of partsShown(definition)) {
      if (other !== part) expect(text).toContain(`\`read:${other}\``);
    }
    if (access === 'token') expect(codesOf(operationId).get(403)).toContain(0);
    expect(text.includes('`identify`')).toBe(operationId === 'getSystem');
  });

  test('names the limit that counts it', () => {
    const limit = resolveReference(document, definition['x-rate-limit']);
    expect(limit.scope).toBe(writes ? 'generic_update' : 'generic_get');
    expect(limit.documentedScope).toBe(operationId === 'getMessage' ? 'message' : undefined);
    if (limit.ownSystemScope !== undefined) {
      expect(limit.ownSystemScope).toBe(writes ? 'own_system_update' : 'own_system_get');
    }
    expect(codesOf(operationId).get(429)).toEqual([0]);
  });

  test('documents error responses wherever a body, a token or a reference can be wrong', () => {
    const statuses = [...codesOf(operationId).keys()];
    const takesBody = definition.requestBody !== undefined;
    expect(statuses.includes(415)).toBe(takesBody);
    if (takesBody) expect(statuses).toEqual(expect.arrayContaining([400, 401, 403]));
    if (access === 'token') expect(statuses).toContain(401);
    if (writes) expect(statuses).toContain(403);
    expect(statuses.includes(404)).toBe(path.includes('{'));
  });

  test('is unstable only outside version 2', () => {
    expect(definition['x-unstable'] === true).toBe(path.startsWith('/private/'));
    const { servers } = resolveReference(document, resolveReference(document, document.paths)[path]);
    const urls = arrayOf(servers).map((server) => String(resolveReference(document, server).url));
    expect(urls.length > 0).toBe(path.startsWith('/private/'));
    expect(urls.filter((url) => url.endsWith('/v2'))).toEqual([]);
  });
});

describe('the security scheme of API keys', () => {
  const { securitySchemes } = resolveReference(document, document.components);
  const scheme = resolveReference(document, resolveReference(document, securitySchemes).ApiKey);
  const levels = ['publicread', 'read', 'write'];
  const parts = ['system', 'members', 'groups', 'fronters', 'switches', 'all'];
  const scopes = levels.flatMap((level) => parts.map((part) => `${level}:${part}`));

  test('is a bearer, and describes the parts of a key', () => {
    expect(scheme).toMatchObject({ type: 'http', scheme: 'bearer', bearerFormat: 'pkapi' });
    const words = ['pkapi:<data>:<signature>', 'tid', 'sid', 'type', 'scopes', 'ES256', 'base64url'];
    const types = ['dashboard', 'user_created', 'external_app'];
    for (const word of [...words, ...types, ...levels, ...parts]) expect(scheme.description).toContain(word);
  });

  test('describes what each scope allows', () => {
    const told = resolveReference(document, scheme['x-scopes']);
    expect(Object.keys(told).sort()).toEqual(['identify', ...scopes].sort());
    for (const words of Object.values(told)) expect(words).toMatch(/^[A-Z].{10,}\.$/);
  });

  test.each(operations)('knows the scopes that $operationId asks for', ({ definition }) => {
    const asked = arrayOf(definition.security).flatMap((requirement) =>
      arrayOf(resolveReference(document, requirement).ApiKey),
    );
    expect(asked).not.toEqual([]);
    for (const scope of asked) expect(['identify', ...scopes]).toContain(scope);
  });
});

describe.each(errorCodes)('Error code $code with status $status', ({ status, code, name, operationIds }) => {
  test(`is described by the schema ${name}, with an example`, () => {
    const { schemas } = resolveReference(document, document.components);
    const schema = resolveReference(document, resolveReference(document, schemas)[name]);
    expect(codesIn(schema)).toEqual([code]);
    expect(arrayOf(schema.examples)).toContainEqual(expect.objectContaining({ code }));
  });

  test.each(operationIds)('is documented for %s', (operationId) => {
    expect(codesOf(operationId).get(status)).toContain(code);
  });
});

test('no operation documents a code that the server does not send', () => {
  const known = new Set(errorCodes.map(({ code, status }) => `${status} ${code}`)).add('429 0');
  for (const { operationId } of operations) {
    for (const [status, codes] of codesOf(operationId)) {
      for (const code of codes) expect(known, operationId).toContain(`${status} ${code}`);
    }
  }
});

test('the description fits the head of a generated file, and says what a schema cannot', () => {
  const text = String(resolveReference(document, document.info).description);
  expect(text.split('\n').length).toBeLessThan(20);
  for (const word of ['`User-Agent`', '10 `GET`', '`retry_after`', 'milliseconds', '204', 'omitted']) {
    expect(text).toContain(word);
  }
});

describe('the guide', () => {
  const guide = readFileSync(join(projectDirectory, 'spec/v2/guide.md'), 'utf8');

  test.each(errorCodes)('lists $code with status $status as $name', ({ code, status, name }) => {
    expect(guide).toContain(`| ${code} | ${status} | ${name} |`);
  });

  test.each([40002, 40009])('tells that %i is never sent', (code) => {
    expect(guide).toMatch(new RegExp(`^\\| ${code} \\|.*never sent`, 'm'));
  });
});

/** The part of a system that an operation is about: the first that is named in its path. */
function partOf(path: string): string | undefined {
  const parts = [
    [/\bgroups?\b/, 'groups'],
    [/\bswitches\b/, 'switches'],
    [/\bfronters\b/, 'fronters'],
    [/\bmembers?\b/, 'members'],
    [/\bsystems\b/, 'system'],
    [/\bmessages\b/, 'all'],
  ] as const;
  return parts.find(([word]) => word.test(path))?.[1];
}

/** Error codes that an operation documents, by status from 400 on; none where the body has no code (415). */
function codesOf(operationId: string): Map<number, number[]> {
  const responses = resolveReference(document, operationOf(operationId).definition.responses);
  const errors = Object.entries(responses).filter(([status]) => Number(status) >= 400);
  return new Map(
    errors.map(([status, response]) => {
      const contents = Object.values(
        resolveReference(document, resolveReference(document, response).content),
      );
      return [Number(status), contents.flatMap((media) => codesIn(resolveReference(document, media).schema))];
    }),
  );
}

/** The constants that a schema, or any branch of it, allows as `code`. */
function codesIn(value: unknown): number[] {
  const schema = resolveReference(document, value);
  const [code] = arrayOf(resolveReference(document, resolveReference(document, schema.properties).code).enum);
  const branches = [schema.oneOf, schema.anyOf, schema.allOf].flatMap(arrayOf);
  return [...(typeof code === 'number' ? [code] : []), ...branches.flatMap(codesIn)];
}

/** The parts that the models in an operation's response belong to. */
function partsShown(definition: Record<string, unknown>): string[] {
  const parts = { System: 'system', Member: 'members', MessageMember: 'members', Group: 'groups' };
  const success = resolveReference(document, resolveReference(document, definition.responses)['200']);
  const shown = new Set(schemaNames(success));
  return [...new Set(Object.entries(parts).flatMap(([name, part]) => (shown.has(name) ? [part] : [])))];
}

/** Names of all schemas that a node holds, at any depth. */
function schemaNames(node: unknown): string[] {
  if (!isObject(node) && !Array.isArray(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key !== '$ref' || typeof value !== 'string') return schemaNames(value);
    return [value.slice(value.lastIndexOf('/') + 1), ...schemaNames(resolveReference(document, node))];
  });
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The words of each line of a text. */
function table(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
}
