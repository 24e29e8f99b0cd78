import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { groupBy } from '../../scripts/lib/group-by.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { installations, toolchainsOf } from './installations.ts';
import { setUp } from './shell.ts';
import type { LanguageTool, Outcome, Outcomes } from './tool.ts';
import { toolchains } from './toolchains.ts';

const codeNames: Readonly<Record<string, string>> = {
  '.py': 'python',
  '.go': 'go',
  '.rs': 'rust',
  '.java': 'java',
  '.kt': 'kotlin',
  '.rb': 'ruby',
  '.php': 'php',
  '.ts': 'ts',
};

/** The page “Other languages”: the results as a table, then the commands and the program of each tool whose program runs. */
export function languagesPage(
  tools: readonly LanguageTool[],
  resultOf: (tool: LanguageTool) => Outcomes,
): string {
  const rows = tools.map((tool) => {
    const { language, name, version, note, untried = '', fault = '' } = tool;
    const { generates, compiles, runs } = resultOf(tool);
    const cells = [generates, compiles, runs].map(wordOf);
    return tableRow([language, `${name} ${version}`, ...cells, `${note} ${untried}`.trim(), fault]);
  });
  const warnings = groupBy(
    tools.flatMap(({ name, warnings = [] }) => warnings.map((warning) => ({ name, ...warning }))),
    ({ text }) => text,
  );
  const lines = [...warnings].map(([text, [one, ...others]]) => {
    // What several generators of one tool print is the tool's.
    const name = others.length > 0 ? one?.name.split(' ')[0] : one?.name;
    return tableRow([name ?? '', `\`${text}\``, one?.input ?? '']);
  });
  const running = tools.filter((tool) => resultOf(tool).runs === true);
  return `---
title: Other languages
description: Clients of other languages, generated from the document and tried against the sandbox.
---

<!-- Written by the language tests: UPDATE_LANGUAGES=1 npm run test:long -- test/languages. Do not edit. -->

The document is read by generators of many languages. Each row was tried with the version that it names: the tool generates from
\`generated/v2/openapi.json\`, what it makes is compiled, and a small program reads systems, lists, creates, changes and deletes a
member, registers a switch, gets two kinds of 404 as errors, and reads fronters that are 204, against the sandbox. The sandbox then held that
each change had the fields that the program sets, and no others. The program ran once more with a field in each object that
the document does not know, and with other messages in errors.

| language | tool | generates | compiles | program runs | what it needs | faults |
|---|---|---|---|---|---|---|
${rows.join('\n')}

For tools that read no OpenAPI 3.1 there is \`generated/v2/openapi-3.0.json\`, without webhooks. No generated client paces itself: keep to
ten reads and three changes a second, and wait \`retry_after\` **milliseconds** after a 429.

Some tools warn where nothing is wrong with the document. These warnings can be ignored:

| tool | warning | smallest input that shows it |
|---|---|---|
${lines.join('\n')}

Clients that others have made work against the sandbox, too. pkapi.js and pkapi-ts read a system, change and create a member, and look up
a message. pluralkit.py reads, creates, changes and deletes a member; it has no option for the server, so replace
\`pluralkit.v2.client.SERVER\`. Their methods are listed on the pages [pkapi.js](../../moving/pkapi-js/),
[pkapi-ts](../../moving/pkapi-ts/) and [pluralkit.py](../../moving/pluralkit-py/).

## Before the first call

The commands below are those of the tests. They use files of the repository, and its sandbox, which needs Node.js. It counts
no requests here, since the programs are faster than the limits:

\`\`\`sh
git clone https://github.com/pluralkit-openapi/pluralkit-openapi.git
cd pluralkit-openapi
npm ci
npm run sandbox -- --rate-limits off
\`\`\`

In another terminal, in the same folder. The token is that of the sandbox's system \`harbor\`:

\`\`\`sh
${setUp}
export PLURALKIT_URL=http://127.0.0.1:4011/v2 PLURALKIT_TOKEN=${createSandbox().tokens.harbor}
mkdir -p $CACHE
\`\`\`

Run the commands of each tool in an empty folder of its own.
${running.map(section).join('\n')}`;
}

function section(tool: LanguageTool): string {
  const { language, name, needs, generate, compile, run, program = '' } = tool;
  const commands = [...needs.map((need) => installations[need].script), generate, compile, run].filter(
    Boolean,
  );
  const needed = toolchainsOf(tool).map((need) => toolchains[need]);
  const packages = needed.flatMap(({ debian }) => debian.map((one) => `\`${one}\``));
  const list = new Intl.ListFormat('en');
  const source = readFileSync(join(import.meta.dirname, 'programs', program), 'utf8').trimEnd();
  return `
## ${language}: ${name}
${needed.length > 0 ? `\nIt needs ${list.format(needed.map(({ name }) => name))}; in Debian ${list.format(packages)}.\n` : ''}
\`\`\`sh
${commands.join('\n')}
\`\`\`

\`\`\`${codeNames[extname(program)] ?? ''}
${source}
\`\`\`
`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

export function wordOf(outcome: Outcome): string {
  if (outcome === null) return '–';
  return outcome ? 'yes' : '**no**';
}
