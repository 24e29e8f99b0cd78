import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { printTable } from '../../scripts/lib/table.ts';
import { installations, toolchainsOf } from './installations.ts';
import { languagesPage, wordOf } from './page.ts';
import type { LanguageTool, Outcomes } from './tool.ts';
import { isThere, toolchains } from './toolchains.ts';
import { tools } from './tools.ts';
import { tryTool } from './trial.ts';

const page = join(projectDirectory, 'docs/src/content/docs/guides/other-languages.md');
/** Set to write the page where the results are new, rather than to compare it. */
const update = process.env.UPDATE_LANGUAGES === '1';
/** Languages that must be tried, separated by spaces: their toolchains have to be there. No others are tried. Unset: all that can be. */
const required = process.env.LANGUAGES?.split(/\s+/).filter(Boolean);
/** A busy machine takes many times as long as an idle one. */
const longest = 1_800_000;

const results = new Map<string, Outcomes>();
const omitted: string[] = [];
const times: string[] = [];
let lastOfMaven: Promise<unknown> = Promise.resolve();

test.concurrent.for(tools)(
  'the tool $name makes a client that works',
  { timeout: longest },
  async (tool, { expect, signal, skip }) => {
    const reason = await reasonToOmit(tool);
    if (reason !== undefined) {
      omitted.push(`${tool.name}: ${reason}`);
      skip(reason);
    }
    // Maven must not write one file of its repository twice at a time.
    const isOfMaven = tool.toolchains.includes('maven');
    const inTurn = isOfMaven ? lastOfMaven : Promise.resolve();
    const trial = inTurn.then(() => tryTool(tool, signal));
    if (isOfMaven) lastOfMaven = trial.catch(() => {});
    const { outcomes, generated, output, times: taken } = await trial;
    results.set(tool.name, outcomes);
    if (tool.untried !== undefined) omitted.push(`${tool.name}, after what is in the table: ${tool.untried}`);
    times.push(`${tool.name}: ${taken.join(', ')}`);
    expect(outcomes, output.slice(-3000)).toEqual(tool.expected);
    if (Object.values(tool.expected).includes(false))
      expect(output).toContain(tool.failure ?? 'no failure is named');
    const { warnings = [] } = tool;
    const unknown = warningsIn(generated).filter((line) => !warnings.some(({ text }) => line.includes(text)));
    expect(unknown, 'warnings that the document may cause').toEqual([]);
    expect(
      warnings.filter(({ text }) => !generated.includes(text)),
      'warnings that are gone',
    ).toEqual([]);
  },
);

/** Each line that warns, once. */
function warningsIn(output: string): string[] {
  const lines = output.split('\n').filter((line) => /\bwarn(ing)?s?\b/i.test(line));
  return [...new Set(lines)];
}

test('there are at least 20 tools of 8 languages', () => {
  expect(tools.length).toBeGreaterThanOrEqual(20);
  expect(new Set(tools.map(({ language }) => language)).size).toBeGreaterThanOrEqual(8);
});

test('what is not tried has a reason', () => {
  const untried = tools.filter(({ expected }) => Object.values(expected).includes(null));
  expect(untried.filter(({ untried, failure }) => (untried ?? failure) === undefined)).toEqual([]);
});

test('the commands can be run one after another, in one folder', () => {
  const commands = tools.flatMap((tool) => [
    ...tool.needs.map((need) => installations[need].script),
    ...[tool.generate, tool.compile, tool.run].filter((script) => script !== undefined),
  ]);
  expect(commands.filter((command) => /(^|[^(])\bcd /.test(command))).toEqual([]);
});

test('the workflow that tries all languages installs what they need', () => {
  const workflow = readFileSync(join(projectDirectory, '.github/workflows/long.yml'), 'utf8');
  const packages = Object.values(toolchains).flatMap(({ debian }) => [...debian]);
  expect(packages.filter((name) => !workflow.includes(` ${name}`))).toEqual([]);
  const languages = [...new Set(tools.map(({ language }) => language))].sort();
  const [, named = ''] = /LANGUAGES: (.*)/.exec(workflow) ?? [];
  expect(named.split(' ').sort()).toEqual(languages);
});

test('the results are those that the documentation shows', () => {
  const text = languagesPage(tools, (tool) => results.get(tool.name) ?? tool.expected);
  if (update) writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});

afterAll(() => {
  printTable(
    'Tools of other languages',
    ['tool', 'language', 'generates', 'compiles', 'runs'],
    tools.map((tool) => {
      const outcomes = results.get(tool.name);
      const cells = outcomes ? Object.values(outcomes).map(wordOf) : ['not tried', 'not tried', 'not tried'];
      return [`${tool.name} ${tool.version}`, tool.language, ...cells];
    }),
  );
  const faults = tools.flatMap(({ name, fault }) => (fault === undefined ? [] : [`${name}: ${fault}`]));
  const lists = { 'Faults:': faults, 'Processor time in seconds:': times, 'Not tried:': omitted };
  for (const [title, lines] of Object.entries(lists)) {
    console.log([title, ...(lines.length > 0 ? lines.sort() : ['nothing'])].join('\n  '));
  }
});

/** Why a tool is not tried; in CI, where it is required, nothing may be missing. */
async function reasonToOmit(tool: LanguageTool): Promise<string | undefined> {
  if (required !== undefined && !required.includes(tool.language))
    return `${tool.language} is not in LANGUAGES`;
  const are = await Promise.all(
    toolchainsOf(tool).map(async (name) => [toolchains[name].name, await isThere(name)] as const),
  );
  const lacking = are.flatMap(([name, there]) => (there ? [] : [name]));
  if (lacking.length === 0) return undefined;
  const reason = `${lacking.join(', ')} is not installed`;
  if (required !== undefined) throw new Error(`${reason}, though LANGUAGES names ${tool.language}`);
  return reason;
}
