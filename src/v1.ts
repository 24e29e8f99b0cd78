/**
 * Version 1 of the API, for servers that still have it: types, and an openapi-fetch client. PluralKit's own
 * server responds to all of it with 410.
 *
 * @deprecated Use version 2: the package's main entry.
 */
export { type CreateClientOptions, createClient } from '../generated/v1/client.ts';
export { type OperationDescription, type OperationId, operations } from '../generated/v1/operations.ts';
export type * from '../generated/v1/schema.ts';
