/** Following who fronts. */
export { type FrontEvent, FrontEvents } from './front-events.ts';
export { type WatchOptions, watchFronters } from './watch-fronters.ts';
