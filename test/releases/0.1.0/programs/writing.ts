import { isPluralKitError, PluralKit } from 'pluralkit-openapi';

const pk = new PluralKit({
  token: process.env.PLURALKIT_TOKEN,
  userAgent: 'my-app/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL,
});

// Members are public when the API creates them: send `privacy` where they must not be.
const member = await pk.members.create({ name: 'Juniper', privacy: { visibility: 'private' } });

// Only the fields that are sent change, and `null` clears a field.
const changed = await pk.members.update(member.id, { pronouns: 'they/them', color: null });
console.log(changed.name, changed.pronouns);

await pk.switches.create('@me', { members: [member.id] });
console.log((await pk.switches.getFronters('@me'))?.members.map(({ name }) => name));

await pk.members.delete(member.id);
try {
  await pk.members.get(member.id);
} catch (error) {
  if (!isPluralKitError(error, 'MemberNotFound')) throw error;
  console.log('deleted');
}
