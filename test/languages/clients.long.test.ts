import { mkdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Contender, contenders } from '../../scripts/bench-client/contenders.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { pythonEnvironment } from '../support/python.ts';
import { cache, runScript } from './shell.ts';

/** Clients that others have made keep working against the sandbox. */
describe('the sandbox, to a client in another language,', () => {
  const sandbox = createSandbox();
  let url: string;

  beforeAll(async () => {
    const server = await listen(sandbox, { port: 0 });
    url = server.url;
    return () => server.close();
  });

  const others = contenders.filter(({ name }) => /^pkapi/.test(name));
  test.each(others.map((contender): [string, Contender] => [contender.name, contender]))(
    'responds as the generated types say: %s',
    async (_, { connect }) => {
      sandbox.reset();
      const { harbor = '', relays = '' } = sandbox.tokens;
      const [calls] = await connect({ url, tokens: [harbor, relays] });
      expect(await calls.getSystem()).toMatchObject({ id: 'nooks' });
      await calls.updateMember('xe/xem');
      await calls.createMember('Juniper');
      await calls.findMessage('920000000000000001');
      const members = sandbox.world().systems[0]?.members ?? [];
      expect(members.map(({ name }) => name)).toContain('Juniper');
      expect(members.map(({ pronouns }) => pronouns)).toContain('xe/xem');
    },
    60_000,
  );

  test('lets pluralkit.py read, create, change and delete', async () => {
    mkdirSync(cache, { recursive: true });
    const programs = await pythonEnvironment('pluralkit==1.2.1');
    const script = `${programs}/python $SOURCES/programs/python/pluralkit_py.py`;
    const { passed, output } = await runScript(cache, script, `${url}/v2`);
    expect(output).toBe('ok\n');
    expect(passed).toBe(true);
  }, 300_000);
});
