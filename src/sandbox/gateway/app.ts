import type { Router } from 'hono/router';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';
import type { SandboxRequest, SandboxResponse } from '../http/messages.ts';
import { pathIn } from '../http/target.ts';
import { type CallContext, finish, type GatewayParts, preflightResponse, respondTo } from './gateway.ts';
import type { Methods, Routes } from './routes.ts';
import { replyToUnknownPath } from './unknown-paths.ts';

export interface AppParts extends GatewayParts {
  readonly routes: Routes;
  readonly v1: boolean;
}

/** All methods share a route, as the method is checked after other things. */
const anyMethod = 'ALL';

/** The gateway with the API behind it. */
export type App = (
  request: SandboxRequest,
  rest: Omit<CallContext, 'request' | 'path' | 'parameters'>,
) => Promise<SandboxResponse>;

export function createApp(parts: AppParts): App {
  const routers = createRouters(parts.routes);
  const respond = (...[request, rest]: Parameters<App>) => {
    const path = pathIn(request.target);
    const { method } = request;
    const { methods, parameters } = match(
      path.includes('//') ? routers.withEmptySegments : routers.usual,
      path,
    );
    if (method === 'OPTIONS') return preflightResponse(methods);
    if (methods !== undefined) return respondTo(parts, { request, path, parameters, ...rest }, methods);
    return finish(replyToUnknownPath(method, path, parts.v1));
  };
  return async (request, rest) => {
    const response = await respond(request, rest);
    return request.method === 'HEAD' ? { status: response.status, headers: response.headers } : response;
  };
}

interface Routers {
  readonly usual: Router<Methods>;
  /** For paths with `//`: a reference within a path may be empty, one at its end may not. */
  readonly withEmptySegments: Router<Methods>;
}

/** Two, as the quickest of Hono takes neither empty segments nor the paths of version 1. */
function createRouters(routes: Routes): Routers {
  const usual = new SmartRouter<Methods>({ routers: [new RegExpRouter(), new TrieRouter()] });
  const withEmptySegments = new TrieRouter<Methods>();
  for (const [path, methods] of routes) {
    usual.add(anyMethod, path, methods);
    withEmptySegments.add(anyMethod, path.replace(/(:\w+)\//g, '$1{[^/]*}/'), methods);
  }
  return { usual, withEmptySegments };
}

interface Match {
  readonly methods: Methods | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

function match(router: Router<Methods>, path: string): Match {
  const [handlers, stash] = router.match(anyMethod, path);
  const [first] = handlers;
  if (first === undefined) return { methods: undefined, parameters: {} };
  const [methods, places] = first;
  const parameters: Record<string, string> = {};
  for (const name of Object.keys(places)) {
    const place = places[name];
    const text = typeof place === 'number' ? stash?.[place] : place;
    if (text !== undefined) parameters[name] = decode(text);
  }
  return { methods, parameters };
}

/** Invalid escapes are kept. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
