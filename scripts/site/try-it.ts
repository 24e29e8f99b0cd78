/**
 * The page of the site on which every operation can be tried: the sandbox's console, with a sandbox in a worker behind it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsdown';
import { consoleFiles } from '../../generated/console.ts';
import { projectDirectory } from '../lib/program.ts';

/** The page and its worker talk to nothing but the files beside them. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The widget of the recipe, in front of the same sandbox. */
const widgetPage = `<!doctype html>
<html lang="en">
<head>
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <title>Fronting widget</title>
  <script type="module" src="./bridge.js"></script>
  <script type="module" src="./widget.js"></script>
</head>
<body>
  <h1>Fronting widget</h1>
  <p><fronting-widget system="harbor"></fronting-widget></p>
</body>
</html>
`;

/** The text of each file by its name. */
export async function tryItFiles(): Promise<Record<string, string>> {
  const [bridge, worker] = await Promise.all([bundle('bridge'), bundle('worker')]);
  return {
    ...consoleFiles,
    'index.html': tryItPage(consoleFiles['index.html'] ?? ''),
    'bridge.js': bridge,
    'worker.js': worker,
    'widget.html': widgetPage,
    'widget.js': readFileSync(join(projectDirectory, 'examples/recipes/fronting-widget.js'), 'utf8'),
  };
}

/** The console's page, for any folder of a static host. Its samples of curl name the real server. */
function tryItPage(html: string): string {
  return html
    .replaceAll('/_sandbox/console/', './')
    .replace('<head>', `<head>\n  <meta http-equiv="Content-Security-Policy" content="${policy}">`)
    .replace('<script ', '<script type="module" src="./bridge.js"></script>\n  <script ')
    .replace('<body ', '<body data-origin="https://api.pluralkit.me" ');
}

async function bundle(name: string): Promise<string> {
  const [output] = await build({
    config: false,
    cwd: projectDirectory,
    entry: { [name]: join(projectDirectory, `docs/try-it/${name}.ts`) },
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    minify: true,
    deps: { alwaysBundle: [/./] },
    dts: false,
    write: false,
    // Otherwise dist/ would be emptied, though nothing is written.
    clean: false,
    logLevel: 'silent',
  });
  const script = output?.chunks.find((chunk) => chunk.type === 'chunk');
  if (script === undefined) throw new Error(`docs/try-it/${name}.ts gives no script.`);
  return script.code;
}
