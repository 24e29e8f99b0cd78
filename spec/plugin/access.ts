import { arrayOr } from '../lint/read.js';
import { objectOr, type SourceOperation } from './source.ts';

/**
 * Completes what `security` says: `x-api-key-scope` for programs, and a sentence for readers where every caller needs a
 * token.
 */
export function addAccess(operations: readonly SourceOperation[]): void {
  for (const { node } of operations) {
    const schemes = arrayOr(node.security).map(objectOr);
    const scopes = schemes.flatMap(({ ApiKey: names }) => arrayOr(names).map(String));
    const [scope] = scopes;
    const [level, part] = scope?.split(':') ?? [];
    if (part === undefined) continue;
    node['x-api-key-scope'] = { part, level, ...(scopes.includes('identify') && { identify: true }) };
    const isOpen = schemes.some((scheme) => Object.keys(scheme).length === 0);
    if (!isOpen) node.description = `${String(node.description).trimEnd()}\n\nAPI key: needs \`${scope}\`.`;
  }
}
