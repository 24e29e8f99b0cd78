/**
 * Why recordings do not show some of what the document says; by rule. The first rule that covers a point counts.
 */
import type { Point, UnseenReason } from './coverage.ts';

export const unseenReasons: readonly UnseenReason[] = [
  {
    reason: 'The recorder had no rate limits, so that it holds no 429',
    covers: ({ status }) => status === 429,
  },
  {
    reason:
      'Operations of version 1 that were never called: it is retired, and its recordings show little of writing',
    covers: ({ version, operation }, seen) =>
      version === 'v1' && !seen.some((point) => point.operation === operation),
  },
  {
    reason:
      'A 500 is a defect of the server: which values bring it about was not searched for in every operation',
    covers: ({ status }) => status === 500,
  },
  {
    reason:
      'Token, reference in the path and content type are looked at before any operation, for all alike; seen elsewhere',
    covers: (point, seen) =>
      ['Unauthorized', 'SystemNotFound', 'MemberNotFound', 'GroupNotFound', 'ProblemDetails'].includes(
        point.error ?? '',
      ) && seen.some((other) => isSameError(point, other)),
  },
  {
    reason:
      'API keys are still to come: no recorded caller lacks a scope, and other ways to a 403 have codes of their own',
    covers: ({ error }) => error === 'Forbidden',
  },
  {
    reason:
      'The deployed proxy fails on a switch id that is no UUID before the server can respond; the official error is given',
    covers: ({ error }) => error === 'InvalidSwitchId',
  },
  {
    reason: 'The same check as in a sibling operation (same tag), where it is seen',
    covers: (point, seen) =>
      point.kind === 'error' &&
      seen.some(
        (other) =>
          isSameError(point, other) && tagOf(other) === tagOf(point) && other.version === point.version,
      ),
  },
];

function isSameError(one: Point, other: Point): boolean {
  return one.error !== undefined && one.error === other.error && one.status === other.status;
}

function tagOf({ operation }: Point): unknown {
  const { tags } = operation.definition;
  return Array.isArray(tags) ? tags[0] : undefined;
}
