/**
 * The page of the site on which every operation can be tried: the sandbox's console, with a sandbox in a worker behind it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsdown';
import { consoleFiles } from '../../generated/console.ts';
import { projectDirectory } from '../lib/program.ts';

/** What a page may load and talk to: the files beside it, and what is named. */
function policy({
  scripts = '',
  servers = '',
}: {
  readonly scripts?: string;
  readonly servers?: string;
}): string {
  return [
    "default-src 'none'",
    `script-src 'self'${scripts}`,
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${servers}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Servers that a reader may choose in place of the sandbox in the page: the real one, and sandboxes of the same machine. */
const servers = ' https://api.pluralkit.me http://127.0.0.1:* http://localhost:*';

/** The widget of the recipe, to be played with in front of a sandbox in the page. Its source runs from a blob. */
const widgetPage = `<!doctype html>
<html lang="en">
<head>
  <meta http-equiv="Content-Security-Policy" content="${policy({ scripts: ' blob:' })}">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <title>Fronting widget</title>
  <link rel="icon" href="./icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="./console.css">
  <script type="module" src="./bridge.js"></script>
  <script type="module" src="./play.js"></script>
</head>
<body>
  <main></main>
</body>
</html>
`;

/** The text of each file by its name. */
export async function tryItFiles(): Promise<Record<string, string>> {
  const [bridge, play, worker] = await Promise.all([bundle('bridge'), bundle('play'), bundle('worker')]);
  return {
    ...consoleFiles,
    'index.html': tryItPage(consoleFiles['index.html'] ?? ''),
    'bridge.js': bridge,
    'play.js': play,
    'worker.js': worker,
    'widget.html': widgetPage,
    'widget.js': readFileSync(join(projectDirectory, 'examples/recipes/fronting-widget.js'), 'utf8'),
  };
}

/** The console's page, for any folder of a static host. Its samples of curl name the real server. */
function tryItPage(html: string): string {
  return html
    .replaceAll('/_sandbox/console/', './')
    .replace(
      '<head>',
      `<head>\n  <meta http-equiv="Content-Security-Policy" content="${policy({ servers })}">`,
    )
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
