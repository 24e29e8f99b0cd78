import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createSandbox } from '../../src/sandbox/index.ts';
import { listen } from '../../src/sandbox/node/index.ts';
import { browserTest } from '../support/browser.ts';
import { requireFreshDist } from '../support/dist.ts';
import { testWith } from '../support/test-with.ts';
import { type OpenPage, openPage } from './pages.ts';
import { programs, runModule, whyNot } from './programs.ts';

/** Runs a module's `run`; the hosts are what it may talk to. */
type Run = (
  module: URL,
  settings: Readonly<Record<string, string>>,
  hosts: readonly string[],
) => Promise<unknown>;

const modules = {
  client: new URL('./client.ts', import.meta.url),
  sandbox: new URL('./sandbox.ts', import.meta.url),
};
const userAgent = 'runtimes-test/1.0 (me@example.com)';
/** A port that nothing is given, and that browsers let pages call. */
const nowhere = 'http://127.0.0.1:2';
let page: Promise<OpenPage> | undefined;

const runtimes = [
  ...programs.map((program) => {
    const { name, path } = program;
    const run: Run = (...parts) => runModule(program, ...parts);
    return { name, isBrowser: false, run, test: testWith(path !== null, name, whyNot(name)) };
  }),
  ...(['page', 'worker'] as const).map((place) => {
    const run: Run = async (module, settings) => (await open()).run(place, module, settings);
    return { name: `a ${place} of a browser`, isBrowser: true, run, test: browserTest };
  }),
];

function open(): Promise<OpenPage> {
  page ??= openPage(Object.values(modules));
  return page;
}

beforeAll(requireFreshDist);
afterAll(async () => (await page)?.close());

/** Of a user agent that is missing, and of one that is no ASCII. */
const complaints = [
  "TypeError: PluralKit asks who calls: give `userAgent`, such as 'my-bot/1.0 (me@example.com)'",
  'TypeError: `userAgent` must be ASCII, without line breaks',
];

/** What comes of the calls in `client.ts`, wherever they are made. */
const expectedResult = {
  calls: {
    own: ['The Harbour', 'public'],
    created: 'private',
    burst: ['they/1', 'they/2', 'they/3', 'they/4'],
    names: ['Marina', 'Cedric', 'Pip', 'Quill', 'Hollow', 'Juniper'],
    switches: ['2026-01-05T17:59:59.999999Z', '2026-01-02T06:00:00.123457Z'],
    fronters: null,
    message: 'Marina',
    unknownMessage: null,
    lowLevel: ['Relay Station', '10'],
  },
  errors: {
    unknown: ['NotFoundError', 'MemberNotFound', 404, [], null],
    invalid: ['ValidationError', 'ModelParseError', 400, ['name'], null],
    mistyped: 'TypeError: There is no privacy setting “visibilty”; did you mean “visibility”?',
    aborted: ['AbortedError', null, null, [], 'enough'],
    abortedBefore: ['AbortedError', null, null, [], 'before'],
    timedOut: ['TimeoutError', null, null, [], null],
  },
  // Pages see these headers only where the server lets them.
  scopes: ['generic_get', 'generic_update', 'own_system_get', 'own_system_update'],
  rateLimited: 0,
  versionOne: [200, 'The Harbour'],
  webhook: { statuses: [401, 200], handled: [{ name: 'Ann' }] },
  models: { genuine: ['read:members'], birthday: '2025-12-24' },
};

/** What differs: browsers name themselves, and don't tell whether a change has reached the server. */
const expectedOf = (isBrowser: boolean) => ({
  ...expectedResult,
  userAgents: isBrowser ? [null, null] : complaints,
  unreachable: { GET: 2, PATCH: isBrowser ? 1 : 2, errors: ['NetworkError', 'NetworkError'] },
});

// Most of their time they wait for their turn.
describe.concurrent.each(runtimes)('in $name', ({ isBrowser, run, test }) => {
  test('the client works', async ({ onTestFinished }) => {
    const sandbox = createSandbox({ rateLimits: 'server', v1: true });
    sandbox.faults.add({ operation: 'getGroup', delay: 5000 });
    const { url, close } = await listen(sandbox);
    onTestFinished(close);
    const settings = { url, nowhere, token: sandbox.tokens.harbor ?? '', userAgent };
    const hosts = [url, nowhere].map((address) => new URL(address).host);
    const result = await run(modules.client, settings, hosts);
    expect(result).toEqual(expectedOf(isBrowser));

    const sent = sandbox.requests();
    const names = new Set(sent.map(({ request }) => request.headers['user-agent']));
    expect([...names]).toEqual([isBrowser ? expect.stringMatching(/^Mozilla\/5\.0 .*Chrome/) : userAgent]);
    // A page asks for no header that the real server might not let it send, and a program asks for nothing.
    const asked = new Set(sent.map(({ request }) => request.headers['access-control-request-headers']));
    expect([...asked].sort()).toEqual(
      isBrowser ? ['authorization', 'authorization,content-type', undefined] : [undefined],
    );
  });

  test('the sandbox works without a server', async () => {
    expect(await run(modules.sandbox, {}, [])).toEqual({
      found: 'Made here',
      events: ['CREATE_MEMBER'],
      frozen: false,
      example: 20002,
      afterReset: [404, 20002],
    });
  });
});

browserTest('no page loads anything but its scripts', async () => {
  const { scripts, missed } = await open();
  expect(scripts.join('\n')).not.toMatch(/from ?["']node:|(require|import)\(["']node:/);
  expect(missed).toEqual([]);
});
