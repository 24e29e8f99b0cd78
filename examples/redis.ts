import { Redis } from 'ioredis';
import { PluralKit } from 'pluralkit-openapi';
import { RedisLimiter } from 'pluralkit-openapi/redis';

// Run this in each process of the bot: together they keep within the limits of their address.
const redis = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379', {
  maxRetriesPerRequest: null, // wait for Redis to come back, however long that takes
  socketTimeout: 2_000, // connect again where the network breaks and no connection is closed
});
// Without a listener, a connection error would end the process. Calls continue without Redis.
redis.on('error', (error) => console.error(`Redis: ${error.message}`));

const pk = new PluralKit({
  userAgent: 'my-bot/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL, // if omitted, the real server
  limiter: new RedisLimiter(redis, {
    prefix: '{my-bot}', // prefix of all keys in Redis
    timeout: 500, // milliseconds to wait for Redis before the process takes its own share
    processes: 4, // assumed number of processes until Redis has counted them
  }),
  onRateLimit: ({ method, path, retryAfter }) => console.error('rate limited', method, path, retryAfter),
});

// A client for each user of the bot shares the limiter.
const theirs = pk.with({ token: process.env.PLURALKIT_TOKEN });

// More than the limit allows at once: they wait for their turn, across all processes.
const systems = await Promise.all(Array.from({ length: 20 }, () => theirs.systems.get('@me')));
console.log(`${systems.length} times ${systems[0]?.name}`);

redis.disconnect();
