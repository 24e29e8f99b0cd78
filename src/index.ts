export type { StablePaths, UnstablePaths } from '../generated/v2/client.ts';
export type * from '../generated/v2/methods.ts';
export type * from '../generated/v2/models.ts';
export type { ErrorCodeName } from '../generated/v2/operations.ts';
export type { components, operations, paths, webhooks } from '../generated/v2/schema.ts';
export { BulkError, type MemberLike, type UpdateOutcome } from './client/bulk-error.ts';
export type { Cache } from './client/cache.ts';
export { createFetch, type PluralKitFetch } from './client/create-fetch.ts';
export {
  AbortedError,
  type FailedRequest,
  type FieldError,
  ForbiddenError,
  isPluralKitError,
  type NamedError,
  NetworkError,
  NotFoundError,
  PluralKitError,
  RateLimitedError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  ValidationError,
} from './client/errors.ts';
export type { Events, RateLimitEvent, RequestEvent, ResponseEvent } from './client/events.ts';
export {
  BucketHeldError,
  type BucketReference,
  type Limiter,
  type LimiterRequest,
  type LimiterResponse,
  type Settle,
} from './client/limiter.ts';
export { createClient, type LowLevelClient } from './client/low-level.ts';
export { MemoryLimiter } from './client/memory-limiter.ts';
export type { MessageLookup } from './client/message-lookup.ts';
export type { CallOptions, FetchOptions, PluralKitOptions, TransportOptions } from './client/options.ts';
export { PluralKit } from './client/pluralkit.ts';
export type { RateLimitView } from './client/rate-limit.ts';
export type { RetryOptions } from './client/retry.ts';
export type { HistoryOptions, Moment, SwitchHistory } from './client/switch-history.ts';
export type { MemberUpdates, UpdateManyOptions } from './client/update-many.ts';
export type { List, Snowflake, SystemReference } from './client/values.ts';
export type { SeenBy, View } from './client/view.ts';
export * from './models/index.ts';
