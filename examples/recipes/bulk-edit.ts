import { BulkError, PluralKit } from 'pluralkit-openapi';

const pk = new PluralKit({
  token: process.env.PLURALKIT_TOKEN,
  userAgent: 'my-bulk-edit/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL,
});

const members = await pk.members.list('@me');
try {
  const changed = await pk.members.updateMany(
    members.filter(({ pronouns }) => pronouns === null),
    { privacy: { pronoun_privacy: 'private' } },
    { onProgress: ({ done, total }) => console.error(`${done} of ${total}`) },
  );
  console.log(`${changed.length} of ${members.length} members changed`);
} catch (error) {
  if (!(error instanceof BulkError)) throw error;
  // Updates are not undone: call updateMany again with the items that were not updated.
  console.log(error.outcomes.filter(({ status }) => status !== 'updated').length, 'members were not updated');
}
