export { type Author, messageBy, type WrittenFields } from './message-by.ts';
export { type SystemFactory, system, worldOf } from './system-factory.ts';
