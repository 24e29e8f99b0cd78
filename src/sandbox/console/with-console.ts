import { consoleFiles } from '../../../generated/console.ts';
import { handleOf, type Responder, toResponder } from '../http/faces.ts';
import type { SandboxRequest, SandboxResponse } from '../http/messages.ts';
import { pathIn } from '../http/target.ts';

export interface ConsoleOptions {
  /** Gives a file of the rendered docs by its path under `/docs`, such as `/v2/index.html`; without it there are none. */
  readonly docs?: Docs;
}

type Docs = (path: string) => SandboxResponse | undefined;

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
export function withConsole(sandbox: Responder, { docs = () => undefined }: ConsoleOptions = {}): Responder {
  const handle = handleOf(sandbox);
  return toResponder(async (request) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const path = pathIn(request.target);
    if (isRead && isVersion(path) && wantsPage(request)) return { status: 303, headers: { Location: '/' } };
    const page = isRead ? (consoleFile(path, docs) ?? docsFile(path, docs)) : undefined;
    if (page !== undefined) return page;
    const response = await handle(request);
    return isRead && isVersion(path) ? withLinks(response, docs) : response;
  });
}

/** The address of the API itself. Browsers get the console there; programs get what the real server responds, with a hint. */
function isVersion(path: string): boolean {
  return /^\/v[12]\/?$/.test(path);
}

/** Status and body stay those of the real server; a header says where the documentation is (RFC 8631). */
function withLinks(response: SandboxResponse, docs: Docs): SandboxResponse {
  const pages = docs(docsPage) === undefined ? ['/'] : ['/', `/docs${docsPage}`];
  const Link = pages.map((page) => `<${page}>; rel="service-doc"`).join(', ');
  return { ...response, headers: { ...response.headers, Link } };
}

function wantsPage({ headers }: SandboxRequest): boolean {
  return headers.get('accept')?.includes('text/html') ?? false;
}

/** Pages at addresses of their own. Browsers ask for an icon at its usual place where a page names none. */
const addresses: Readonly<Record<string, string>> = { '/': 'index.html', '/favicon.ico': 'icon.svg' };

function consoleFile(path: string, docs: Docs): SandboxResponse | undefined {
  const name = Object.hasOwn(addresses, path)
    ? addresses[path]
    : /^\/_sandbox\/console\/([\w.-]+)$/.exec(path)?.[1];
  if (name === undefined || !Object.hasOwn(consoleFiles, name)) return undefined;
  const text = consoleFiles[name] ?? '';
  const linked = name === 'index.html' && docs(docsPage) !== undefined;
  return {
    status: 200,
    headers: {
      'Content-Type': types[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain',
      'Content-Security-Policy': policy,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
    body: linked ? text.replace('data-docs=""', `data-docs="/docs${docsPage}"`) : text,
  };
}

function docsFile(path: string, docs: Docs): SandboxResponse | undefined {
  if (path === '/docs') return { status: 308, headers: { Location: '/docs/' } };
  if (!path.startsWith('/docs/')) return undefined;
  const name = path.slice('/docs'.length);
  return docs(name.endsWith('/') ? `${name}index.html` : name) ?? notFound();
}

function notFound(): SandboxResponse {
  return {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: 'Not found. The docs are made by `npm run docs`.\n',
  };
}
