/**
 * Watching who fronts, apart from the main entry, so that only its users download it.
 */
export { type FrontEvent, FrontEvents } from './front-events.ts';
export { type WatchOptions, watchFronters } from './watch-fronters.ts';
