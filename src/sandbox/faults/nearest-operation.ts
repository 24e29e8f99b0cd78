import { distanceOf, wordDistance } from '../../models/nearest.ts';
import type { Routes } from '../gateway/routes.ts';

/** Longer paths are compared by their beginning. */
const mostSegments = 50;

/**
 * The operation most similar to a request that matches none: by path first, then by method. It is a hint for the caller.
 */
export function nearestOperation(routes: Routes, method: string, path: string): string | null {
  const segments = path.split('/', mostSegments);
  let nearest: { id: string; distance: number } | undefined;
  for (const [template, methods] of routes) {
    const pathDistance = distanceOf(segments, template.split('/'), segmentCost);
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
  return Math.min(1, wordDistance(segment, part) / Math.max(segment.length, part.length));
}
