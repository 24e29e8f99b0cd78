import { rename, writeFile } from 'node:fs/promises';
import { PluralKit } from 'pluralkit-openapi';

const [file = 'backup.json'] = process.argv.slice(2);
const pk = new PluralKit({
  token: process.env.PLURALKIT_TOKEN,
  userAgent: 'my-backup/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL,
});

const system = await pk.systems.get('@me');
const members = await pk.members.list('@me');
const groups = [];
for (const group of await pk.groups.list('@me')) {
  groups.push({ ...group, members: (await pk.groups.listMembers(group.id)).map(({ uuid }) => uuid) });
}

const switches = [];
for await (const entry of pk.switches.history('@me')) {
  switches.push(entry);
  if (switches.length % 100 === 0) console.error(`${switches.length} switches, back to ${entry.timestamp}`);
}

// A backup holds private data: only its owner may read it. The old one is kept until the new one is complete.
const text = JSON.stringify({ system, members, groups, switches }, null, 2);
await writeFile(`${file}.part`, text, { mode: 0o600 });
await rename(`${file}.part`, file);
console.log(`${members.length} members, ${groups.length} groups, ${switches.length} switches`);
