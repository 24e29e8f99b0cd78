/**
 * The generated document with the sandbox's responses as examples of the measured operations, so that all contenders send
 * the same number of bytes.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox } from '../../src/sandbox/index.ts';
import { generatedDocument, resolveReference } from '../lib/document.ts';
import { isObject } from '../lib/recordings.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { cases, makeWorld, requestHeaders } from './world.ts';

export interface TemporaryFile {
  readonly file: string;
  remove(): void;
}

export async function writeLikeForLikeDocument(): Promise<TemporaryFile> {
  const document = generatedDocument('v2');
  const sandbox = createSandbox({ world: makeWorld() });
  for (const { method, path, template, body } of cases) {
    const headers = { ...requestHeaders, 'Content-Type': 'application/json' };
    const response = await sandbox.fetch(`/v2${path}`, { method, headers, ...(body && { body }) });
    const { paths } = document;
    const item = resolveReference(document, isObject(paths) ? paths[template] : undefined);
    const operation = item[method.toLowerCase()];
    const responses = isObject(operation) ? operation.responses : undefined;
    const { content } = resolveReference(document, isObject(responses) ? responses['200'] : undefined);
    const media = isObject(content) ? content['application/json'] : undefined;
    if (!isObject(media)) throw new TypeError(`${method} ${template} has no response in the document`);
    // Scalar takes no named examples.
    delete media.examples;
    media.example = await response.json();
  }
  const directory = temporaryFolder();
  const file = join(directory, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  return { file, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
