import type { Routes } from '../gateway/routes.ts';

/**
 * The operation that a request without one comes closest to: by path first, then by method. For those who wonder why
 * their request found nothing.
 */
export function nearestOperation(routes: Routes, method: string, path: string): string | null {
  let nearest: { id: string; distance: number } | undefined;
  for (const [template, methods] of routes) {
    const pathDistance = distanceOf(path.split('/'), template.split('/'), segmentCost);
    for (const [name, { id }] of methods) {
      const distance = pathDistance + (name === method ? 0 : 0.4);
      if (nearest === undefined || distance < nearest.distance) nearest = { id, distance };
    }
  }
  return nearest?.id ?? null;
}

/** A parameter fits anything, a little worse than a word that is the same. */
function segmentCost(segment: string, part: string): number {
  if (segment === part) return 0;
  if (part.startsWith(':')) return segment === '' ? 1 : 0.1;
  const letters = distanceOf([...segment.toLowerCase()], [...part.toLowerCase()], (one, other) =>
    one === other ? 0 : 1,
  );
  return Math.min(1, letters / Math.max(segment.length, part.length));
}

/** The least cost of turning one list into another by leaving out (1), adding (1) and changing items. */
function distanceOf(
  from: readonly string[],
  to: readonly string[],
  cost: (one: string, other: string) => number,
): number {
  let previous = [0, ...to.map((_, index) => index + 1)];
  for (const [row, one] of from.slice(0, 50).entries()) {
    const current = [row + 1];
    for (const [column, other] of to.entries()) {
      const change = (previous[column] ?? 0) + cost(one, other);
      current.push(Math.min(change, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
