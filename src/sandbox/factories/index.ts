export { type SystemFactory, system, worldOf } from './system-factory.ts';
