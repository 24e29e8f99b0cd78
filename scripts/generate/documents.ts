import { stringify } from 'yaml';
import type { Document } from '../lib/document.ts';

/** The bundle as JSON, in the order of the sources. */
export function jsonDocument(document: Document): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The bundle as YAML, without anchors and aliases. */
export function yamlDocument(document: Document, header: string): string {
  const comment = header.replace(/^/gm, '# ');
  return `${comment}\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
