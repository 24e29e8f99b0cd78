/**
 * `npm run sandbox`: the command `pluralkit sandbox`, with the docs of this clone where they are rendered.
 */
import { holdsDocs } from '../src/sandbox/console/docs-folder.ts';
import { docsDirectory } from './lib/docs-directory.ts';
import { endWithShell } from './lib/end-with-shell.ts';

endWithShell();
const docs = holdsDocs(docsDirectory) ? ['--docs', docsDirectory] : [];
process.argv.splice(2, 0, 'sandbox', ...docs);
await import('../src/cli.ts');
