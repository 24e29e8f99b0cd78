/**
 * Prepares a release: see `--help`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProgramError, projectDirectory, runProgram, UsageError } from './lib/program.ts';
import { breaksBetween, describeBreaks } from './release/breaks.ts';
import { releaseChanges } from './release/changelog.ts';
import { keepRelease, readLastRelease } from './release/last-release.ts';
import { assertNewer, mayBreak } from './release/version.ts';

const help = `
Prepares a release: sets the version, gives it what CHANGELOG.md has under “Unreleased”, and keeps its document, exports and
examples in test/releases, to tell later what breaks. Commit the result and push a tag of the version: the workflow
“Release” publishes it.

Usage: npm run release -- --version <x.y.z>

  --version <x.y.z>  by Semantic Versioning; before 1.0, the minor number says that something breaks
  --help             show this
`;

await runProgram({ help, options: { version: { type: 'string' } } }, async ({ version }) => {
  if (version === undefined) throw new UsageError('Which version? Give --version.');
  const last = readLastRelease(projectDirectory);
  assertNewer(version, last.version);
  const breaks = breaksBetween(last.document, JSON.parse(read('generated/v2/openapi.json')));
  if (breaks.length > 0 && !mayBreak(version, last.version))
    throw new ProgramError(`${version} must break nothing of ${last.version}:\n${describeBreaks(breaks)}`);
  const { repository } = JSON.parse(read('package.json'));
  const address = String(repository.url).replace(/^git\+|\.git$/g, '');
  const changelog = releaseChanges(read('CHANGELOG.md'), version, new Date(), address);
  npm('run', '--silent', 'build');
  npm('version', version, '--no-git-tag-version', '--workspaces-update=false');
  writeFileSync(join(projectDirectory, 'CHANGELOG.md'), changelog);
  await keepRelease(projectDirectory, version);
  process.env.RELEASE_NAMES = version;
  npm('exec', '--', 'vitest', 'run', 'test/document/class-names.test.ts');
  process.stdout.write(`${version} is prepared. Commit it, and push the tag v${version}.\n`);
});

function read(file: string): string {
  return readFileSync(join(projectDirectory, file), 'utf8');
}

function npm(...args: readonly string[]): void {
  execFileSync('npm', args, { cwd: projectDirectory, stdio: ['ignore', 'ignore', 'inherit'] });
}
