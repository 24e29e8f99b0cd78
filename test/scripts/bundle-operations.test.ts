import { describe, expect, test } from 'vitest';
import { toolForm } from '../../scripts/bundle/tool-form.ts';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('links', () => {
  const media = (schema: unknown) => ({ 200: { content: { 'application/json': { schema } } } });
  const inPath = (...names: string[]) => names.map((name) => ({ name, in: 'path' }));
  const operation = (operationId: string, names: string[], schema?: unknown) => ({
    operationId,
    summary: operationId,
    parameters: inPath(...names),
    responses: schema ? media(schema) : {},
  });
  const list = (name: string) => ({ type: 'array', items: reference(name) });
  const models = { System: {}, Switch: {}, SwitchWithMembers: {}, OwnMember: {}, MessageMember: {} };
  const Message = { properties: { member: { oneOf: [reference('MessageMember'), { type: 'null' }] } } };
  const document = toolForm({
    paths: {
      '/systems/{systemRef}': { get: operation('getSystem', ['systemRef'], reference('System')) },
      '/systems/{systemRef}/switches': {
        get: operation('listSwitches', ['systemRef'], list('Switch')),
        post: operation('createSwitch', ['systemRef'], reference('SwitchWithMembers')),
      },
      '/systems/{systemRef}/switches/{switchRef}': {
        get: operation('getSwitch', ['systemRef', 'switchRef']),
        delete: operation('deleteSwitch', ['systemRef', 'switchRef']),
      },
      '/messages/{message_id}': { get: operation('getMessage', ['message_id'], reference('Message')) },
      '/members': { post: operation('createMember', [], reference('OwnMember')) },
      '/members/{memberRef}/guilds/{guild_id}': { get: operation('getGuild', ['memberRef', 'guild_id']) },
    },
    components: { schemas: { ...models, Message } },
  });

  /** Parameters of each link by the operation that it leads to. */
  function linksOf(path: string, method: string): unknown {
    const text = JSON.stringify(document.paths);
    const { links } = JSON.parse(text)[path][method].responses[200];
    return Object.fromEntries(
      Object.values(links).map((link) => {
        const { operationId, parameters }: { operationId: string; parameters: unknown } = JSON.parse(
          JSON.stringify(link),
        );
        return [operationId, parameters];
      }),
    );
  }

  test('lead from operations that list or create an object to those that take it, and delete only created ones', () => {
    const parameters = (switchRef: string) => ({ systemRef: '$request.path.systemRef', switchRef });
    const listed = parameters('$response.body#/0/id');
    expect(linksOf('/systems/{systemRef}/switches', 'get')).toEqual({ getSwitch: listed });
    const made = parameters('$response.body#/id');
    expect(linksOf('/systems/{systemRef}/switches', 'post')).toEqual({ getSwitch: made, deleteSwitch: made });
  });

  test('lead from a message to its member', () => {
    expect(linksOf('/messages/{message_id}', 'get')).toEqual({
      getGuild: { memberRef: '$response.body#/member/id' },
    });
  });

  test('lead to the own system from objects made in it, but not to unknown ones', () => {
    const systemRef = '@me';
    expect(linksOf('/members', 'post')).toEqual({
      getGuild: { memberRef: '$response.body#/id' },
      getSystem: { systemRef },
      listSwitches: { systemRef },
      createSwitch: { systemRef },
    });
  });
});

describe('notes at an operation', () => {
  function descriptionOf(operation: object): unknown {
    const get = { operationId: 'get', description: 'Gets.', ...operation };
    const { paths } = toolForm({ 'x-rate-limits': { generic_get: 10, own: 10 }, paths: { '/': { get } } });
    return JSON.parse(JSON.stringify(paths))['/'].get.description;
  }

  test('name its rate limit', () => {
    const limit = { scope: 'generic_get', ownSystemScope: 'own' };
    expect(descriptionOf({ 'x-rate-limit': limit })).toBe(
      'Gets.\n\nAt most 10 requests per second, counted as `generic_get` or `own`. A 429 response says in `retry_after` how many milliseconds to wait.',
    );
  });

  test('tell of responses without a body only where others have one', () => {
    expect(descriptionOf({ responses: { 200: {}, 204: {} } })).toMatch(/^Gets\.\n\nLook at the status/);
    expect(descriptionOf({ responses: { 204: {} } })).toBe('Gets.');
  });
});
