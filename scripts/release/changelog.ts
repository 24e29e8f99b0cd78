import { parser, Release } from 'keep-a-changelog';
import { ProgramError } from '../lib/program.ts';

/**
 * Moves the changes under “Unreleased” to a version, and leaves “Unreleased” empty.
 *
 * @param repository - address of the repository, for links to what changed
 * @throws ProgramError where nothing is unreleased
 */
export function releaseChanges(text: string, version: string, date: Date, repository: string): string {
  const changelog = parser(text);
  changelog.url = repository;
  changelog.head = 'main';
  changelog.format = 'markdownlint';
  const unreleased = changelog.findRelease();
  if (unreleased === undefined || unreleased.isEmpty())
    throw new ProgramError('CHANGELOG.md has nothing under “Unreleased”.');
  unreleased.setVersion(version);
  unreleased.setDate(date);
  changelog.addRelease(new Release());
  return `${changelog.toString()}\n`;
}

/** Whether the unreleased changes say that something breaks. */
export function tellsOfBreaks(text: string): boolean {
  const unreleased = parser(text).findRelease();
  return unreleased !== undefined && /\*\*Breaking\*\*/.test(unreleased.toString());
}
