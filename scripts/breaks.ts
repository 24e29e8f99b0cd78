/**
 * Names what breaks between two versions of the document: see `--help`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProgramError, projectDirectory, runProgram } from './lib/program.ts';
import { breaksBetween, describeBreaks } from './release/breaks.ts';
import { readLastRelease } from './release/last-release.ts';

const help = `
Names what breaks for programs written against the document of the last release. Fails where anything does.

Usage: npm run breaks [-- options]

  --before <file>  the older document, as JSON (default: that of the last release, in test/releases)
  --after <file>   the newer document (default: generated/v2/openapi.json)
  --help           show this
`;

await runProgram(
  { help, options: { before: { type: 'string' }, after: { type: 'string' } } },
  ({ before, after = join(projectDirectory, 'generated/v2/openapi.json') }) => {
    const older = before === undefined ? readLastRelease(projectDirectory).document : read(before);
    const breaks = breaksBetween(older, read(after));
    if (breaks.length > 0) throw new ProgramError(`Breaking changes:\n${describeBreaks(breaks)}`);
    process.stdout.write('Nothing breaks.\n');
  },
);

function read(file: string): object {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ProgramError(`${file} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}
