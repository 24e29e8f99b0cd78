import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PluralKit } from 'pluralkit-openapi';
import { exportSystem, ImportError, importSystem, readExportFile } from 'pluralkit-openapi/backup';

const pk = new PluralKit({
  token: process.env.PLURALKIT_TOKEN,
  userAgent: 'my-backup/1.0 (me@example.com)',
  baseUrl: process.env.PLURALKIT_URL, // omitted: the real server
});
const path = process.env.BACKUP_FILE ?? 'system.json';

// Everything that the token may see, in the form of the bot's own export, which `pk;import` accepts.
const file = exportSystem(pk, '@me', {
  onPublicOnly: (parts) => console.warn(`Only what is public: ${parts.map(({ part }) => part).join(', ')}`),
  onProgress: ({ part, done, total }) =>
    part === 'switches' && total !== null && console.log(`${part}: ${done} read`),
});
await pipeline(file, createWriteStream(path, { mode: 0o600 }));

// Into another system. Nothing is deleted there; called again, it continues where it stopped.
const target = pk.with({ token: process.env.TARGET_TOKEN });
const content = readExportFile(await readFile(path, 'utf8'));
const { changes } = await importSystem(target, content, { dryRun: true });
console.log(`${changes.length} changes planned`);
try {
  const { done } = await importSystem(target, content);
  console.log(`${done} changes made`);
} catch (error) {
  if (!(error instanceof ImportError)) throw error;
  for (const { change, error: reason } of error.failed) console.error(change.part, change.name, reason);
}
