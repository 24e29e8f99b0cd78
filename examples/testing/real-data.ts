import { readFile } from 'node:fs/promises';
import { createSandbox } from 'pluralkit-openapi/sandbox';

// A file of `pk;export`, or of Tupperbox' `tul!export`.
const file = process.env.EXPORT_FILE ?? 'system.json';
const sandbox = createSandbox();
const [system] = sandbox.world().systems;
const [account = ''] = system?.accounts ?? [];

// As text, so that account numbers keep their digits.
const { members, omitted } = sandbox.bot.import(account, await readFile(file, 'utf8'));
console.log(`${members.created} members are new`);
for (const { path, message } of omitted) console.log(`${path}: ${message}`);
