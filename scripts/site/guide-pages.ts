/**
 * The pages of the site about the API itself: each is a section of the document's guide.
 */
import { ProgramError } from '../lib/program.ts';

interface Page {
  readonly file: string;
  readonly description: string;
}

/** The page of each section, in the order of the sidebar. */
const pages: ReadonlyMap<string, Page> = new Map([
  [
    'First steps',
    { file: 'first-steps.md', description: 'What every request needs, and what responses look like.' },
  ],
  [
    'Authentication',
    {
      file: 'authentication.md',
      description: 'Reading without a token, legacy tokens, API keys and their scopes.',
    },
  ],
  [
    'References',
    { file: 'references.md', description: 'How to name a system, member, group, switch or message.' },
  ],
  [
    'Privacy',
    { file: 'privacy.md', description: 'What others see of private fields and lists, and how to set it.' },
  ],
  ['Values', { file: 'values.md', description: 'Timestamps, birthdays, colours, lengths of text and URLs.' }],
  [
    'Reading all switches',
    {
      file: 'switch-history.md',
      description: 'Pagination of the switch history, and how to follow the front.',
    },
  ],
  [
    'Rate limits',
    { file: 'rate-limits.md', description: 'Scopes, requests per second, and how to pace requests.' },
  ],
  ['Errors', { file: 'errors.md', description: 'Every error code with its status, name and meaning.' }],
  [
    'Responses that belong to no operation',
    { file: 'other-responses.md', description: 'OPTIONS, HEAD, unknown paths and old versions.' },
  ],
  [
    'Webhooks',
    { file: 'webhooks.md', description: 'Events, how to register an endpoint, and what it has to respond.' },
  ],
  [
    'Where the server and its documentation differ',
    { file: 'differences.md', description: 'Differences between the official documentation and the server.' },
  ],
  [
    'What may come',
    { file: 'what-may-come.md', description: 'What is in public development and not released.' },
  ],
]);

/**
 * @param guide - Markdown with a heading of the second level for each section
 * @returns the text of each page by its file name
 * @throws ProgramError where the guide has other sections than there are pages
 */
export function guidePages(guide: string): Record<string, string> {
  const sections = new Map(
    guide
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n') + 1)]),
  );
  const unknown = [...sections.keys()].filter((title) => !pages.has(title));
  const missing = [...pages.keys()].filter((title) => !sections.has(title));
  if (unknown.length + missing.length > 0) {
    throw new ProgramError(
      `spec/v2/guide.md and its pages on the site differ. Without a page: ${unknown.join(', ') || 'none'}. Without a section: ${missing.join(', ') || 'none'}.`,
    );
  }
  return Object.fromEntries(
    [...pages].map(([title, { file, description }], order) => [
      file,
      page(title, description, order, withErrorAnchors(sections.get(title) ?? '')),
    ]),
  );
}

function page(title: string, description: string, order: number, text: string): string {
  return `---
title: ${JSON.stringify(title)}
description: ${JSON.stringify(description)}
sidebar:
  order: ${order}
---

${text.trim()}
`;
}

/** A row of the table of errors: its code, status, name and meaning. */
const errorRow = /^\| (\d+) \| (\d+) \| (\w*) \| (.*) \|$/gm;

/** Gives each error a heading of its own, which links and the search can lead to: `#membernotfound`. */
function withErrorAnchors(text: string): string {
  const errors = [...text.matchAll(errorRow)].filter(([, , , name]) => name !== '');
  if (errors.length === 0) return text;
  const linked = text.replace(errorRow, (row, code, status, name, meaning) =>
    name === '' ? row : `| ${code} | ${status} | [${name}](#${name.toLowerCase()}) | ${meaning} |`,
  );
  const sections = errors.map(
    ([, code, status, name, meaning = '']) =>
      `### ${name}\n\nStatus ${status}, code ${code}: ${meaning}.\n\nIn the client: \`isPluralKitError(error, '${name}')\`.`,
  );
  return `${linked.trim()}\n\n## Each error\n\n${sections.join('\n\n')}\n`;
}
