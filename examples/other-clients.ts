import createOpenApiClient from 'openapi-fetch';
import { createFetch, type paths } from 'pluralkit-openapi';

const baseUrl = process.env.PLURALKIT_URL ?? 'https://api.pluralkit.me/v2';
let limited = 0;

// One function for the process: it adds the token and paces all requests.
const fetch = createFetch({
  token: process.env.PLURALKIT_TOKEN,
  userAgent: 'my-app/1.0 (me@example.com)',
  baseUrl,
  onRateLimit: () => limited++,
});

// openapi-fetch, typed by the document. It gives data or an error, and throws only where no response comes.
const client = createOpenApiClient<paths>({ baseUrl, fetch });

const { data: members = [], error } = await client.GET('/systems/{systemRef}/members', {
  params: { path: { systemRef: '@me' } },
});
if (error) throw new Error(`${error.code}: ${error.message}`);

// All at once: the function sends them as fast as the rate limits allow, and retries where that is safe.
const responses = await Promise.all(
  members.map(({ id }) => client.GET('/members/{memberRef}', { params: { path: { memberRef: id } } })),
);
for (const { data } of responses) console.log(data?.display_name ?? data?.name, data?.pronouns ?? '');
console.log(`${responses.length} members, ${limited} requests were rate limited`);

// A URL that is not below `baseUrl` is rejected before anything is sent: another server must not get the token.
await fetch('https://example.com/').catch((reason: unknown) => console.log(String(reason)));
