/**
 * A limiter for many processes, apart from the main entry, so that only its users download it.
 */
export type { RedisClient } from './connection.ts';
export { RedisLimiter, type RedisLimiterOptions } from './redis-limiter.ts';
