/**
 * Maintains the list of paths in `openapi.yaml`, so that a new path needs only its file in `paths/`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { versions } from '../lib/document.ts';

const entry = /^ {2}(\/\S*):\n {4}\$ref: paths\/(\S+)\n/gm;

/** Every `openapi.yaml` by its file, with an entry for each file in `paths/` that it does not list yet. */
export function withListedPaths(project: string): ReadonlyMap<string, string> {
  return new Map(
    versions.map((version) => {
      const directory = join(project, 'spec', version);
      const root = join(directory, 'openapi.yaml');
      const files = readdirSync(join(directory, 'paths')).filter((file) => file.endsWith('.yaml'));
      return [root, files.sort().reduce(withListed, readFileSync(root, 'utf8'))];
    }),
  );
}

/** The text with an entry for the file, after the entry whose path has the most in common with it. */
function withListed(text: string, file: string): string {
  const entries = [...text.matchAll(entry)];
  if (entries.some(([, , listed]) => listed === file)) return text;
  const path = pathOf(file);
  const common = entries.map(([, listed = '']) => commonSegments(path, listed));
  const nearest = entries[common.lastIndexOf(Math.max(...common))];
  if (nearest === undefined) throw new Error('openapi.yaml lists no path after which a new one could stand');
  const end = nearest.index + nearest[0].length;
  return `${text.slice(0, end)}  ${path}:\n    $ref: paths/${file}\n${text.slice(end)}`;
}

/** `systems_{systemRef}_guilds_{guild_id}.yaml` → `/systems/{systemRef}/guilds/{guild_id}`. */
function pathOf(file: string): string {
  return `/${file.replace(/\.yaml$/, '').replace(/_(?![^{]*\})/g, '/')}`;
}

function commonSegments(one: string, other: string): number {
  const segments = other.split('/');
  const different = one.split('/').findIndex((segment, index) => segment !== segments[index]);
  return different === -1 ? Number.POSITIVE_INFINITY : different;
}
