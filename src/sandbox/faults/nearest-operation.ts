import { distanceOf, wordDistance } from '../../models/nearest.ts';
import type { Routes } from '../gateway/routes.ts';

/** Longer paths are compared by their beginning. */
const mostSegments = 50;

/**
 * The operation most similar to a request that matches none: by path first, then by method; null where no path is similar. It is
 * a hint for the caller.
 */
export function nearestOperation(routes: Routes, method: string, path: string): string | null {
  const segments = segmentsOf(path);
  const most = segments.length / 2 + 0.5;
  let nearest: { id: string; distance: number } | undefined;
  for (const [template, methods] of routes) {
    const pathDistance = distanceOf(segments, segmentsOf(template), segmentCost);
    if (pathDistance > most) continue;
    for (const [name, { id }] of methods) {
      const distance = pathDistance + (name === method ? 0 : 0.4);
      if (nearest === undefined || distance < nearest.distance) nearest = { id, distance };
    }
  }
  return nearest?.id ?? null;
}

/** Without the version, which all paths share, and which is easily forgotten. */
function segmentsOf(path: string): readonly string[] {
  const segments = path.replace(/^\/|\/$/g, '').split('/', mostSegments);
  return /^v\d+$/.test(segments[0] ?? '') ? segments.slice(1) : segments;
}

/**
 * A parameter fits anything, a little worse than a word that is the same, and an empty segment, which may lack its value, worse.
 * Replacing a word by one of which nothing is the same costs as much as removing it and adding the other.
 */
function segmentCost(segment: string, part: string): number {
  if (part.startsWith(':')) return segment === '' ? 1 : 0.1;
  return (2 * wordDistance(segment, part)) / Math.max(segment.length, part.length, 1);
}
