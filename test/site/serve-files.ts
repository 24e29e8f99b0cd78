import { extname } from 'node:path';
import { type RunningServer, startServer } from '../../src/sandbox/node/server.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** A static host: serves files below a path, and 404 where there is none. */
export function serveFiles(
  base: string,
  read: (name: string) => string | Uint8Array | undefined,
): Promise<RunningServer> {
  return startServer(({ url = '' }, response) => {
    const [path = ''] = url.split('?');
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const file = name.startsWith(base) ? read(decodeURIComponent(name.slice(base.length))) : undefined;
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' }).end(file);
  }, {});
}
