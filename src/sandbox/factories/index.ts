export { type MessageAuthor, type MessageByOptions, messageBy } from './message-by.ts';
export { type SystemFactory, system, worldOf } from './system-factory.ts';
