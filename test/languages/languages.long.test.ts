import { accessSync, constants, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import type { RunningServer } from '../../src/sandbox/node/server.ts';
import { languagesPage } from './page.ts';
import { cache, runScript, type StepResult } from './shell.ts';
import { installations, type LanguageTool, type Outcome } from './tool.ts';
import { tools } from './tools.ts';

const page = join(projectDirectory, 'docs/src/content/docs/guides/other-languages.md');
/** Set to write the page where the results are new, rather than to compare it. */
const update = process.env.UPDATE_LANGUAGES === '1';
const longest = 580_000;

const results = new Map<string, LanguageTool['expected']>();
const installed = new Map<string, Promise<StepResult>>();
let server: RunningServer;

beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  server = await listen(createSandbox(), { port: 0 });
});

test.each(tools.map((tool) => [tool.name, tool] as const))(
  '%s',
  async (_, tool) => {
    const lacking = tool.toolchain.filter((program) => !isInstalled(program));
    if (lacking.length > 0) {
      // Where the machine lacks a toolchain, a developer is told; in CI all that can be had is installed.
      if (process.env.CI) expect(lacking).toEqual([]);
      console.log(`${tool.name}: skipped, as ${lacking.join(', ')} is not installed.`);
      results.set(tool.name, tool.expected);
      return;
    }
    for (const need of tool.needs) {
      const installing = installed.get(need) ?? step(cache, installations[need]);
      installed.set(need, installing);
      const { passed, output } = await installing;
      expect(passed, output).toBe(true);
    }
    const folder = join(cache, 'work', tool.name.replace(/\W+/g, '-'));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    if (tool.needs.includes('typescript')) {
      symlinkSync(join(cache, 'typescript/node_modules'), join(folder, 'node_modules'));
    }
    const outputs: string[] = [];
    const outcomeOf = async (script: string | undefined, before: Outcome): Promise<Outcome> => {
      if (script === undefined || before === false) return null;
      const { passed, output } = await step(folder, script);
      outputs.push(output);
      return passed;
    };
    const generates = await outcomeOf(tool.generate, true);
    const compiles = await outcomeOf(tool.compile, generates);
    const ran = await outcomeOf(tool.run, compiles);
    const runs = ran === null ? null : ran && outputs.at(-1)?.trimEnd().endsWith('ok') === true;
    results.set(tool.name, { generates, compiles, runs });
    expect({ generates, compiles, runs }, outputs.at(-1)?.slice(-3000)).toEqual(tool.expected);
  },
  longest,
);

test('there are at least 20 tools of 8 languages', () => {
  expect(tools.length).toBeGreaterThanOrEqual(20);
  expect(new Set(tools.map(({ language }) => language)).size).toBeGreaterThanOrEqual(8);
});

test('the results are those that the documentation shows', () => {
  const text = languagesPage(tools, (tool) => results.get(tool.name) ?? tool.expected);
  if (update) writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});

afterAll(async () => {
  await server.close();
});

const step = (folder: string, script: string) => runScript(folder, script, `${server.url}/v2`);

function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
