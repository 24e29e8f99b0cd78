import { type Context, Hono } from 'hono';
import { badRequest } from './errors.ts';
import { JsonSyntaxError, parseJson } from './json/parse.ts';
import type { JsonToken } from './json/token.ts';
import type { RateLimiter } from './limits.ts';
import { Call, type Services } from './operations/call.ts';
import type { Reply } from './operations/reply.ts';
import { resolveTargets, type Targets } from './references.ts';
import { gatewayText, respond, unsupportedMediaType } from './responses.ts';
import { allowedMethods, createRoutes, type Methods, type Route } from './routes.ts';
import type { SystemRecord } from './store/records.ts';
import type { Store } from './store/store.ts';

/** What a listener may tell of a request besides the request itself. */
export interface RequestSource {
  /** Path and query as they came, before dots in them were resolved. */
  readonly target?: string;
  /** Address of the caller. */
  readonly address?: string;
}

export interface AppParts extends Services {
  readonly limiter: RateLimiter;
  /** The state at present; a reset replaces it. */
  readonly store: () => Store;
  readonly v1: boolean;
}

type AppEnv = { Bindings: { readonly source: RequestSource } };
type AppContext = Context<AppEnv>;

const bodyTypes = /^(application\/([^;]*\+)?json|text\/json)\s*(;|$)/i;

/**
 * The server's routes, and the checks that come before an operation, in the server's order: references, user agent,
 * method, rate limit, type of the body, body.
 */
export function createApp(parts: AppParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ getPath: (request, options) => pathOf(request, options?.env?.source) });
  app.use(async (context, next) => {
    if (context.req.method === 'OPTIONS') return respond({ status: 200 });
    await next();
    return undefined;
  });
  for (const [path, methods] of createRoutes(parts.v1)) {
    app.all(path, (context) => answer(parts, context, methods));
  }
  app.notFound((context) => respond(answerUnknownPath(context.req.path, parts.v1)));
  return app;
}

async function answer(parts: AppParts, context: AppContext, methods: Methods): Promise<Response> {
  const { req } = context;
  const store = parts.store();
  const viewer = store.systemByToken(req.header('Authorization') ?? '');
  const [anyRoute] = methods.values();
  let headers: Readonly<Record<string, string>> = {};
  let route: Route | undefined = anyRoute;
  try {
    const parameters = req.param();
    const targets = resolveTargets(store, parameters, viewer);
    if ((req.header('User-Agent') ?? '') === '') return respond({ status: 400 });
    route = methods.get(req.method === 'HEAD' ? 'GET' : req.method);
    if (route === undefined) return respond({ status: 405 }, { Allow: allowedMethods(methods) });
    const caller = {
      address: context.env.source.address ?? '127.0.0.1',
      ownSystem: ownSystem(viewer, targets),
    };
    const limit = parts.limiter.check(route.rateLimit, caller, parts.clock.now());
    headers = limit.headers;
    if (limit.refusal !== undefined) {
      return respond({ status: 429, type: 'application/json', body: JSON.stringify(limit.refusal) }, headers);
    }
    if (route.hasBody && !bodyTypes.test(req.header('Content-Type') ?? '')) {
      return respond(unsupportedMediaType(newTraceId(parts)), headers);
    }
    const body = route.hasBody ? await readBody(req.raw) : null;
    const query = new URLSearchParams(queryOf(req.raw, context.env.source));
    const call = new Call({ store, services: parts, viewer, parameters, targets, query, body });
    return respond(route.handler(call), headers);
  } catch (error) {
    if (route === undefined) throw error;
    return respond(route.replyToError(error), headers);
  }
}

function answerUnknownPath(path: string, withV1: boolean): Reply {
  if (/^\/v1(\/|$)/.test(path)) return withV1 ? { status: 404 } : gatewayText(410, 'Unsupported API version');
  if (/^\/v2\/(s|m|a|msg)(\/|$)/.test(path)) return gatewayText(400, 'Invalid path for API version');
  if (!/^\/v2(\/|$)/.test(path)) return gatewayText(400, 'Unsupported API version');
  return { status: 404 };
}

/** The caller's system, where the call is about it. */
function ownSystem(viewer: SystemRecord | undefined, targets: Targets): string | undefined {
  const owner = targets.system?.uuid ?? targets.member?.system ?? targets.group?.system;
  return owner === undefined || owner === viewer?.uuid ? viewer?.uuid : undefined;
}

/** @throws {ApiError} 400 where the body cannot be read */
async function readBody(request: Request): Promise<JsonToken> {
  try {
    return parseJson(await request.text());
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw badRequest();
    throw error;
  }
}

/** Path and query as they were sent, where that is known. */
function targetOf(request: Request, source: RequestSource | undefined): string {
  return source?.target ?? request.url.slice(request.url.indexOf('/', request.url.indexOf('://') + 3));
}

function pathOf(request: Request, source: RequestSource | undefined): string {
  return /^[^?#]*/.exec(targetOf(request, source))?.[0] ?? '/';
}

function queryOf(request: Request, source: RequestSource): string {
  return /\?([^#]*)/.exec(targetOf(request, source))?.[1] ?? '';
}

function newTraceId(parts: AppParts): string {
  const hex = () => parts.ids.uuid().replaceAll('-', '');
  return `00-${hex()}-${hex().slice(0, 16)}-00`;
}
