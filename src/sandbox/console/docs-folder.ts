import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { SandboxResponse } from '../http/messages.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.yaml': 'application/yaml',
};

/** No part begins with a dot, so neither `..` nor hidden files match. */
const safePath = /^(\/[\w-][\w.-]*)+$/;

/** Whether a folder is one of rendered docs; the path of a folder is never empty, which would be the root of the disk. */
export function holdsDocs(directory: string): boolean {
  return directory !== '' && existsSync(join(directory, 'v2/index.html'));
}

/**
 * Serves a folder of rendered docs in its state at each request. It may be missing; a folder with other content is not served.
 *
 * @returns what gives a file by its path, such as `/v2/index.html`; undefined where there is none
 */
export function docsFolder(directory: string): (path: string) => SandboxResponse | undefined {
  return (path) => {
    const type = types[extname(path)];
    if (type === undefined || !safePath.test(path) || !holdsDocs(directory)) return undefined;
    try {
      const headers = {
        'Content-Type': type,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-cache',
      };
      return { status: 200, headers, body: readFileSync(join(directory, path)) };
    } catch {
      return undefined;
    }
  };
}
