import { PluralKit } from 'pluralkit-openapi';

/** One client for the process. Its limiter and cache are shared by all clients that are made from it. */
const pk = new PluralKit({
  userAgent: 'my-bot/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL,
});

const tokens = (process.env.PLURALKIT_TOKENS ?? '').split(',');
const names = await Promise.all(
  tokens.map(async (token) => {
    const { name } = await pk.with({ token }).systems.get('@me');
    return name;
  }),
);
console.log(names);
