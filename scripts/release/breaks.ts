import { apiDiff } from 'api-smart-diff';
import { isObject } from '../../src/models/is-object.ts';
import { groupBy } from '../lib/group-by.ts';

/** One thing that breaks for programs written against an older document. */
export interface Break {
  /** Keys from the root of the document, such as `paths`, `/members`, `post`. */
  readonly path: readonly string[];
  /** In words, such as `[Removed] operation POST /members`. */
  readonly change: string;
}

/** Lists what breaks between two versions of a document. Additions and changed descriptions do not. */
export function breaksBetween(before: object, after: object): readonly Break[] {
  const breaks = apiDiff(withEventsAsResponses(before), withEventsAsResponses(after), {})
    .filter(({ type, path, before, after }) => {
      return type === 'breaking' || isOtherType(path.map(String), before, after);
    })
    .map(({ path, action, description }) => ({
      path: path.map(String),
      change: description || `[${action}] ${path.map(String).join('/')}`,
    }));
  // A changed component is reported at its uses.
  const used = breaks.filter(({ path }) => path[0] !== 'components');
  return used.length > 0 ? used : breaks;
}

/** One line for each change, below the operation that it is in. */
export function describeBreaks(breaks: readonly Break[]): string {
  return [...groupBy(breaks, ({ path }) => path.slice(0, 3).join(' '))]
    .map(([place, found]) => `${place}\n${[...new Set(found.map(({ change }) => `  ${change}`))].join('\n')}`)
    .join('\n');
}

/** The library does not look into webhooks. The receiver of an event reads it as a response. */
function withEventsAsResponses({
  webhooks,
  paths,
  ...document
}: {
  webhooks?: unknown;
  paths?: unknown;
}): object {
  const events = Object.entries(objectOr(webhooks)).map(([name, item]) => {
    const { content } = objectOr(objectOr(objectOr(item).post).requestBody);
    const response = { description: name, ...(content !== undefined && { content }) };
    return [`/webhooks/${name}`, { post: { operationId: name, responses: { 200: response } } }];
  });
  return { ...document, paths: { ...objectOr(paths), ...Object.fromEntries(events) } };
}

/** The library takes every other type of a response for harmless, but readers know only the earlier types. */
function isOtherType(path: readonly string[], before: unknown, after: unknown): boolean {
  if (path.at(-1) !== 'type' || !path.includes('responses')) return false;
  const known = new Set([before].flat());
  return [after].flat().some((type) => type !== undefined && !known.has(type));
}

function objectOr(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
