import { isPluralKitError, PluralKit } from 'pluralkit-openapi';

const pk = new PluralKit({
  token: process.env.PLURALKIT_TOKEN,
  userAgent: 'my-bot/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL, // omitted: the real server
});

const me = await pk.systems.get('@me'); // privacy is null for an API key without the scope read:system
console.log(me.name, me.privacy?.name_privacy ?? 'as others see it');

const members = await pk.members.list('@me'); // forty calls at once are fine: the client paces them
console.log(`${members.length} members`);

for await (const { timestamp, members } of pk.switches.history('@me', { since: '2024-01-01T00:00:00Z' })) {
  console.log(timestamp, members.length === 0 ? 'nobody' : members.join(', ')); // all pages, newest first
}

const fronters = await pk.switches.getFronters('@me'); // null where the system has never switched
console.log(fronters?.members.map((member) => member.name) ?? 'no switches yet');

const message = await pk.messages.find('920000000000000001'); // null where it is not a proxied message
console.log(message?.member?.name ?? 'not proxied');

try {
  await pk.groups.get('zzzzz');
} catch (error) {
  if (!isPluralKitError(error, 'GroupNotFound')) throw error;
  console.log(error.message);
}
