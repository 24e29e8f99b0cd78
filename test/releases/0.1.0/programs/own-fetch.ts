import { createFetch } from 'pluralkit-openapi';

// As the global fetch, but with the token, the pace and the retries of the client.
const pluralkitFetch = createFetch({
  token: process.env.PLURALKIT_TOKEN,
  userAgent: 'my-app/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL,
});

const base = process.env.PLURALKIT_URL ?? 'https://api.pluralkit.me/v2';
const response = await pluralkitFetch(`${base}/systems/@me/fronters`);
console.log(response.status === 204 ? 'no switch yet' : (await response.json()).members.length);
