import { Redis } from 'ioredis';
import { PluralKit } from 'pluralkit-openapi';
import { RedisLimiter } from 'pluralkit-openapi/redis';

// The same in each process of the bot: all of them together keep to the limits of their address.
const redis = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
redis.on('error', (error) => console.error(error.message)); // calls go on without it, each process with its share

const pk = new PluralKit({
  userAgent: 'my-bot/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL, // left out, it is the real server
  limiter: new RedisLimiter(redis),
});

// A client for each user of the bot shares the limiter.
const theirs = pk.with({ token: process.env.PLURALKIT_TOKEN });

const systems = await Promise.all(Array.from({ length: 20 }, () => theirs.systems.get('@me')));
console.log(`${systems.length} times ${systems[0]?.name}`);

redis.disconnect();
