import { BulkError, PluralKit } from 'pluralkit-openapi';

const pk = new PluralKit({
  token: process.env.PLURALKIT_TOKEN,
  userAgent: 'my-privacy-tool/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL, // if omitted, the real server
  view: 'owner', // the token sees all of its own system, so that `privacy` is not null below
});

// Ctrl-C ends it, with the requests in progress.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

// Each change is a request, at three a second, so select only members that need it.
const members = await pk.members.list('@me');
const open = members.filter(({ birthday, privacy }) => birthday && privacy.birthday_privacy === 'public');

try {
  const updated = await pk.members.updateMany(
    open,
    { privacy: { birthday_privacy: 'private' } }, // or a function of each member
    {
      signal: stop.signal,
      onProgress: ({ done, failed, total }) => console.error(`${done} of ${total}, ${failed} failed`),
    },
  );
  console.log(`${updated.length} birthdays are private now`);
} catch (error) {
  if (!(error instanceof BulkError)) throw error;
  for (const { status, item, ...outcome } of error.outcomes) {
    const reference = typeof item === 'string' ? item : item.id;
    if (status === 'failed') console.error(reference, outcome);
    if (status === 'pending') console.error(reference, 'is not updated yet');
  }
  console.error(`${error.message}. Start the program again to go on.`);
  process.exitCode = 1;
}
