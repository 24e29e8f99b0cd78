/** A limiter that many processes share. */
export type { RedisClient } from './connection.ts';
export { RedisLimiter, type RedisLimiterOptions } from './redis-limiter.ts';
