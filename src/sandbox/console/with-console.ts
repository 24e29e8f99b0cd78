import { consoleFiles } from '../../../generated/console.ts';

/** Anything that answers requests: a sandbox. */
export interface Answering<Source> {
  fetch(request: Request, source?: Source): Promise<Response>;
}

export interface ConsoleOptions {
  /** Gives a file of the rendered docs by its path under `/docs`, such as `/v2/index.html`; without it there are none. */
  readonly docs?: Docs;
}

type Docs = (path: string) => Response | undefined;

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
};

/** The page runs its own script alone, talks to its own origin alone, and no data can become markup. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const docsPage = '/v2/index.html';

/** A sandbox with the console at `/` and, where there are any, the docs under `/docs/`. */
export function withConsole<Source>(
  sandbox: Answering<Source>,
  { docs = () => undefined }: ConsoleOptions = {},
): Answering<Source> {
  return {
    async fetch(request, source) {
      const pathname = pathOf(request.url);
      const page = /^(GET|HEAD)$/.test(request.method)
        ? (consoleFile(pathname, docs) ?? docsFile(pathname, docs))
        : undefined;
      return page ?? sandbox.fetch(request, source);
    },
  };
}

/** As `URL` gives it, but quicker: this comes before every request. */
function pathOf(url: string): string {
  return /^[^:]+:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] || '/';
}

function consoleFile(path: string, docs: Docs): Response | undefined {
  const name = path === '/' ? 'index.html' : /^\/_sandbox\/console\/([\w.-]+)$/.exec(path)?.[1];
  if (name === undefined || !Object.hasOwn(consoleFiles, name)) return undefined;
  const text = consoleFiles[name] ?? '';
  const linked = name === 'index.html' && docs(docsPage) !== undefined;
  return new Response(linked ? text.replace('data-docs=""', `data-docs="/docs${docsPage}"`) : text, {
    headers: {
      'Content-Type': types[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain',
      'Content-Security-Policy': policy,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  });
}

function docsFile(path: string, docs: Docs): Response | undefined {
  if (path === '/docs') return new Response(null, { status: 308, headers: { Location: '/docs/' } });
  if (!path.startsWith('/docs/')) return undefined;
  const name = path.slice('/docs'.length);
  return docs(name.endsWith('/') ? `${name}index.html` : name) ?? notFound();
}

function notFound(): Response {
  return new Response('Not found. The docs are made by `npm run docs`.\n', {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
