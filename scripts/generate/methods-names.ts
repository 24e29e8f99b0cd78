/**
 * How operations are called in the client. `updateMemberGuildSettings` with the tag `Members` is `members.updateGuildSettings`:
 * the tag is the group, and its word, in singular or plural, is dropped from the operationId.
 */
import type { DocumentOperation } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';

export interface MethodName {
  readonly group: string;
  readonly method: string;
}

/** The group and the name of an operation's method. */
export function methodName({
  operationId,
  definition,
}: Pick<DocumentOperation, 'operationId' | 'definition'>): MethodName {
  const tag = Array.isArray(definition.tags) ? String(definition.tags[0]) : '';
  if (!tag) throw new Error(`${operationId} has no tag, so it belongs to no group of methods.`);
  const group = lowerFirst(tag);
  const words = [upperFirst(tag), singular(upperFirst(tag))];
  const word = words.find((candidate) => operationId.includes(candidate)) ?? '';
  return { group, method: operationId.replace(word, '') };
}

/** All methods by group, in the document's order. */
export function methodGroups(
  operations: readonly DocumentOperation[],
): Map<string, Map<string, DocumentOperation>> {
  const groups = new Map<string, Map<string, DocumentOperation>>();
  for (const operation of operations) {
    const { group, method } = methodName(operation);
    const methods = groups.get(group) ?? new Map<string, DocumentOperation>();
    const other = methods.get(method);
    if (other)
      throw new Error(`${operation.operationId} and ${other.operationId} are both ${group}.${method}.`);
    groups.set(group, methods.set(method, operation));
  }
  return groups;
}

/** Names of the parameters in a path, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => String(name));
}

/** The scope that an API key needs for an operation, such as `read:members`. */
export function scopeOf({ 'x-api-key-scope': need }: DocumentOperation['definition']): string | undefined {
  return isObject(need) ? `${need.level}:${need.part}` : undefined;
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function singular(plural: string): string {
  return plural.replace(/(ch)es$|s$/, '$1');
}
