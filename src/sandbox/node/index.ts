export type { Answering } from '../http/faces.ts';
export {
  createDeliverer,
  type Deliverer,
  type DelivererOptions,
} from './deliver.ts';
export { type ListenOptions, listen } from './listen.ts';
export type { AnsweredRequest } from './node-listener.ts';
export type { RunningServer } from './server.ts';
export { openSqliteStorage, type SqliteStorage, StorageError } from './sqlite-storage.ts';
