import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { installations, type LanguageTool, type Outcome } from './tool.ts';

const codeNames: Readonly<Record<string, string>> = {
  '.py': 'python',
  '.go': 'go',
  '.rs': 'rust',
  '.java': 'java',
  '.kt': 'kotlin',
  '.rb': 'ruby',
  '.ts': 'ts',
};

/** The page “Other languages”: the results as a table, then the commands and the program of each tool whose program runs. */
export function languagesPage(
  tools: readonly LanguageTool[],
  resultOf: (tool: LanguageTool) => LanguageTool['expected'],
): string {
  const rows = tools.map((tool) => {
    const { language, name, version, note, fault = '' } = tool;
    const { generates, compiles, runs } = resultOf(tool);
    const cells = [language, `${name} ${version}`, ...[generates, compiles, runs].map(wordOf), note, fault];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const running = tools.filter((tool) => resultOf(tool).runs === true);
  return `---
title: Other languages
description: Clients of other languages, generated from the document and tried against the sandbox.
---

<!-- Written by the language tests: UPDATE_LANGUAGES=1 npm run test:long. Do not edit. -->

The document is read by generators of many languages. Each row was tried with the version that it names: the tool generates from
\`generated/v2/openapi.json\`, what it makes is compiled, and a small program reads the system, lists, creates, changes and deletes a
member, registers a switch, gets a 404 as an error, and reads fronters that are 204, against the sandbox.

| language | tool | generates | compiles | program runs | what it needs | faults |
|---|---|---|---|---|---|---|
${rows.join('\n')}

For tools that read no OpenAPI 3.1 there is \`generated/v2/openapi-3.0.json\`, without webhooks. No generated client paces itself: keep to
ten reads and three changes a second, and wait \`retry_after\` **milliseconds** after a 429.

Start a sandbox to try them on: \`npx pluralkit-openapi sandbox\`. The commands below are those of the tests:

- \`$DOCUMENT\`: the document, and \`$DOCUMENT_30\`: the document in OpenAPI 3.0
- \`$CACHE\`: a folder for tools
- \`$SOURCES\`: the folder \`test/languages\` of this repository
- \`PLURALKIT_URL\`: the address of the API, with \`/v2\`
- \`PLURALKIT_TOKEN\`: the token of a system

Clients that others have made work against the sandbox, too. pkapi.js and pkapi-ts read a system, change and create a member, and look up
a message. pluralkit.py reads, creates, changes and deletes a member; it has no option for the server, so replace
\`pluralkit.v2.client.SERVER\`. Their methods are listed on the pages [pkapi.js](../../moving/pkapi-js/),
[pkapi-ts](../../moving/pkapi-ts/) and [pluralkit.py](../../moving/pluralkit-py/).
${running.map(section).join('\n')}`;
}

function section(tool: LanguageTool): string {
  const { language, name, needs, generate, compile, run } = tool;
  const commands = [...needs.map((need) => installations[need]), generate, compile, run].filter(Boolean);
  const [, program = ''] =
    /(programs\/(?:python|go|rust|java|kotlin|ruby|typescript)\/\w+\.(?:py|go|rs|java|kt|rb|ts))/.exec(
      commands.join('\n'),
    ) ?? [''];
  const source = readFileSync(join(import.meta.dirname, program), 'utf8').trimEnd();
  return `
## ${language}: ${name}

\`\`\`sh
${commands.join('\n')}
\`\`\`

\`\`\`${codeNames[extname(program)] ?? ''}
${source}
\`\`\`
`;
}

function wordOf(outcome: Outcome): string {
  if (outcome === null) return '–';
  return outcome ? 'yes' : '**no**';
}
