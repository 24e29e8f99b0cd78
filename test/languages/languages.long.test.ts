import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { languagesPage } from './page.ts';
import { cache, runScript, type StepResult } from './shell.ts';
import { installations, type LanguageTool, type Outcome } from './tool.ts';
import { tools } from './tools.ts';

const page = join(projectDirectory, 'docs/src/content/docs/guides/other-languages.md');
/** Set to write the page where the results are new, rather than to compare it. */
const update = process.env.UPDATE_LANGUAGES === '1';
/** Languages that must be tried, separated by spaces: their toolchains have to be there. No others are tried. Unset: all that can be. */
const required = process.env.LANGUAGES?.split(/\s+/).filter(Boolean);
/** A busy machine takes many times as long as an idle one. */
const longest = 1_800_000;

const results = new Map<string, LanguageTool['expected']>();
const omitted: string[] = [];
const times: string[] = [];
const installed = new Map<string, Promise<StepResult>>();
let lastOfMaven: Promise<unknown> = Promise.resolve();

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
});

test.concurrent.for(tools)('$name', { timeout: longest }, async (tool, { expect, signal, skip }) => {
  const reason = reasonToOmit(tool);
  if (reason !== undefined) {
    omitted.push(`${tool.name}: ${reason}`);
    results.set(tool.name, tool.expected);
    skip(reason);
  }
  // Maven must not write one file of its repository twice at a time.
  const inTurn = tool.toolchain.includes('mvn') ? lastOfMaven : Promise.resolve();
  const outcome = inTurn.then(() => outcomesOf(tool, signal));
  if (tool.toolchain.includes('mvn')) lastOfMaven = outcome.catch(() => {});
  const { output, ...outcomes } = await outcome;
  results.set(tool.name, outcomes);
  expect(outcomes, output.slice(-3000)).toEqual(tool.expected);
  if (Object.values(tool.expected).includes(false))
    expect(output).toContain(tool.failure ?? 'no failure is named');
});

test('there are at least 20 tools of 8 languages', () => {
  expect(tools.length).toBeGreaterThanOrEqual(20);
  expect(new Set(tools.map(({ language }) => language)).size).toBeGreaterThanOrEqual(8);
});

test('the results are those that the documentation shows', () => {
  const text = languagesPage(tools, (tool) => results.get(tool.name) ?? tool.expected);
  if (update) writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});

afterAll(() => {
  const lines = ['Processor time in seconds:', ...times.sort(), 'Not tried:', ...omitted.sort()];
  console.log(lines.join('\n  '));
});

/** Why a tool is not tried; in CI, where it is required, nothing may be missing. */
function reasonToOmit({ language, toolchain }: LanguageTool): string | undefined {
  if (required !== undefined && !required.includes(language)) return `${language} is not in LANGUAGES`;
  const lacking = toolchain.filter((program) => !isInstalled(program));
  if (lacking.length === 0) return undefined;
  const reason = `${lacking.join(', ')} is not installed`;
  if (required !== undefined) throw new Error(`${reason}, though LANGUAGES names ${language}`);
  return reason;
}

/** Installs, generates, compiles and runs, each against a sandbox of the tool's own. */
async function outcomesOf(
  tool: LanguageTool,
  signal: AbortSignal,
): Promise<LanguageTool['expected'] & { output: string }> {
  const server = await listen(createSandbox(), { port: 0 });
  try {
    const taken: string[] = [];
    const step = async (name: string, cwd: string, script: string) => {
      const result = await runScript(cwd, script, `${server.url}/v2`, signal);
      taken.push(`${name} ${result.seconds.toFixed(1)}`);
      return result;
    };
    for (const need of tool.needs) {
      const installing = installed.get(need) ?? step(`install ${need}`, cache, installations[need]);
      installed.set(need, installing);
      const { passed, output } = await installing;
      if (!passed) throw new Error(`${need} can't be installed:\n${output}`);
    }
    const folder = join(cache, 'work', tool.name.replace(/\W+/g, '-'));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    let last = '';
    const outcomeOf = async (name: string, script: string | undefined, before: Outcome): Promise<Outcome> => {
      if (script === undefined || before !== true) return null;
      const { passed, output } = await step(name, folder, script);
      last = output;
      return passed;
    };
    const generates = await outcomeOf('generate', tool.generate, true);
    const compiles = await outcomeOf('compile', tool.compile, generates);
    const ran = await outcomeOf('run', tool.run, compiles);
    const runs = ran && last.trimEnd().endsWith('ok');
    times.push(`${tool.name}: ${taken.join(', ')}`);
    return { generates, compiles, runs, output: last };
  } finally {
    await server.close();
  }
}

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
