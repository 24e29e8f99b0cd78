import { typescriptLiteral as literal } from '../../spec/plugin/literal.ts';
import { type Document, resolveReference } from '../lib/document.ts';

/** The settings that a system can change, as a TypeScript module, typed by the schema. */
export function settingsSource(document: Document, header: string): string {
  const { properties } = resolveReference(document, { $ref: '#/components/schemas/SystemSettingsPatch' });
  return `// ${header}

import type { SystemSettingsPatch } from './schema.ts';

/** What \`PATCH /systems/{systemRef}/settings\` takes. */
export const systemSettingsFields: readonly (keyof SystemSettingsPatch)[] = ${literal(Object.keys(Object(properties)))};
`;
}
