export type { Responder } from '../http/faces.ts';
export {
  createDeliverer,
  type Deliverer,
  type DelivererOptions,
} from './deliver.ts';
export { type ListenOptions, listen } from './listen.ts';
export type { ServedRequest } from './node-listener.ts';
export type { RunningServer } from './server.ts';
export { openSqliteStorage, type SqliteStorage, StorageError } from './sqlite-storage.ts';
