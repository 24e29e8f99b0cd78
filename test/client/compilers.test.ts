/** The built package in projects of others: old and new compilers, without DOM types, with every library checked. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { projectDirectory } from '../../scripts/lib/program.ts';
import { requireFreshDist } from '../support/dist.ts';
import { runProgram } from '../support/processes.ts';
import { someOf } from '../support/tries.ts';

const program = `
import { createClient, createFetch, isPluralKitError, PluralKit, type OwnMember } from 'pluralkit-openapi';
import { createCache } from 'pluralkit-openapi/cache';
import { createApiKeyPair, parseColor } from 'pluralkit-openapi/models';
import { createSandbox } from 'pluralkit-openapi/sandbox';
import { listen } from 'pluralkit-openapi/sandbox/node';
import { createClient as createOldClient } from 'pluralkit-openapi/v1';
import { createWebhookHandler } from 'pluralkit-openapi/webhooks';

const pk = new PluralKit({ userAgent: 'tests/1.0', cache: createCache() });
const owner: PluralKit<'owner'> = pk.with({ view: 'owner' });
export const anyone: PluralKit = owner;
// @ts-expect-error: nobody knows that it is the owner's
export const unsound: PluralKit<'owner'> = pk;

export async function names(): Promise<string[]> {
  const member: OwnMember = await pk.members.create({ name: 'Juniper' });
  const others = await pk.members.list('exmpl');
  const { data, error, response } = await createClient({ userAgent: 'tests/1.0' }).GET('/members/{memberRef}', {
    params: { path: { memberRef: 'abcde' } },
  });
  const old = await createOldClient().GET('/s/{id}', { params: { path: { id: 'abcde' } } });
  const key: string = member.privacy.visibility;
  const own: OwnMember[] = await owner.members.list('@me');
  // @ts-expect-error: an API key may lack the scope
  const mine: OwnMember[] = await pk.members.list('@me');
  const fronter: OwnMember | undefined = (await owner.switches.getFronters('@me'))?.members[0];
  const status: number = response.status;
  // @ts-expect-error: what is wrong is still found
  const wrong: number = member.name;
  return [key, own.concat(mine, fronter ?? []).join(), String(status), String(wrong), error?.message ?? data?.name ?? '', old.data?.name ?? '', ...others.map(({ name }) => name)];
}

export const handler = createWebhookHandler({ token: 'x', on: { UPDATE_MEMBER: ({ data }) => void data.name } });
export const others = [createFetch, isPluralKitError, createApiKeyPair, parseColor, createSandbox, listen];
`;

/** All entries but the one that is made for vitest, whose own declarations need the types of Node. */
const entries = Object.entries<string | object>(manifest.exports).flatMap(([entry, target]) => {
  const isCode = typeof target === 'string' && target.endsWith('.js') && entry !== './sandbox/vitest';
  return isCode ? [`import '${entry.replace('.', manifest.name)}';\n`] : [];
});

let directory: string;

beforeAll(() => {
  requireFreshDist();
  directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(projectDirectory, join(directory, 'node_modules/pluralkit-openapi'));
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  writeFileSync(join(directory, 'user.ts'), entries.join('') + program);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const compilers = [
  ['oldest', 'test/compilers/oldest/node_modules/typescript'],
  ['project’s', 'node_modules/typescript'],
  ['newest', 'test/compilers/newest/node_modules/typescript'],
] as const;

const resolutions = [
  ['NodeNext', 'NodeNext'],
  ['ESNext', 'Bundler'],
] as const;

const combinations = resolutions.flatMap((resolution) =>
  compilers.map(([name, path]) => [name, ...resolution, path] as const),
);

// Every compiler once, all combinations in the long tests.
test.each(someOf(combinations, 3))(
  'the %s compiler accepts the declarations with module %s and resolution %s',
  async (_, module, moduleResolution, path) => {
    const configuration = join(directory, `tsconfig.${path.replaceAll('/', '-')}.${module}.json`);
    const compilerOptions = {
      ...{ module, moduleResolution, target: 'es2022', lib: ['es2023'], types: [] },
      ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true },
    };
    writeFileSync(configuration, JSON.stringify({ compilerOptions, files: ['user.ts'] }));
    const compiler = join(projectDirectory, path, 'bin/tsc');
    // A compiler that is not installed writes nothing to its output.
    expect(await runProgram(process.execPath, [compiler, '-p', configuration])).toEqual({
      code: 0,
      output: '',
      errors: '',
    });
  },
);
