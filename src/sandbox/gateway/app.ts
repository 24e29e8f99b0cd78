import { type Context, Hono } from 'hono';
import { isBrowser } from '../../models/is-browser.ts';
import { type AdminParts, adminApp } from '../admin/admin-app.ts';
import { type Fault, type FaultList, spoil, sufferFault } from '../faults/fault-list.ts';
import { answerPreferred, parsePrefer } from '../faults/prefer.ts';
import type { Exchange } from '../journal/journal.ts';
import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import type { JsonToken } from '../json/token.ts';
import { accessOf } from '../keys/access.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { Call, type Services } from '../operations/call.ts';
import { badRequest, forbidden, payloadTooLarge, unauthorized } from '../operations/errors.ts';
import type { Reply } from '../operations/reply.ts';
import type { SystemRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { resolveTargets, type Targets } from './references.ts';
import { gatewayText, headersOf, respond, respondToPreflight, unsupportedMediaType } from './responses.ts';
import { allowedMethods, type Methods, type Route, type Routes } from './routes.ts';

/** What a listener may tell of a request besides the request itself. */
export interface RequestSource {
  /** Path and query as they came, before dots in them were resolved. */
  readonly target?: string;
  /** Address of the caller. */
  readonly address?: string;
}

export interface AppParts extends Services {
  readonly limiter: RateLimiter;
  readonly faults: FaultList;
  readonly keys: KeyRing;
  readonly routes: Routes;
  /** The state at present; a reset replaces it. */
  readonly store: () => Store;
  readonly admin: AdminParts;
  readonly v1: boolean;
}

export type AppEnv = { Bindings: { readonly source: RequestSource; readonly exchange: Exchange } };
type AppContext = Context<AppEnv>;
type ReplyHeaders = Readonly<Record<string, string>>;

/** Bytes of a body that are read. */
const largestBody = 1_000_000;
const bodyTypes = /^(application\/([^;]*\+)?json|text\/json)\s*(;|$)/i;
const decoder = new TextDecoder();

/**
 * The server's routes, and the checks that come before an operation, in the server's order: references, user agent,
 * method, rate limit, type of the body, body. Examples that are asked for, and faults, come before all of them.
 */
export function createApp(parts: AppParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ getPath: (request, options) => pathOf(request, options?.env?.source) });
  app.route('/_sandbox', adminApp(parts.admin));
  app.use(async (context, next) => {
    if (context.req.method === 'OPTIONS') return respondToPreflight();
    await next();
    return undefined;
  });
  for (const [path, methods] of parts.routes) {
    app.all(path, (context) => answer(parts, context, methods));
  }
  app.notFound((context) => finish(context, answerUnknownPath(context.req.path, parts.v1)));
  app.onError((error) => {
    throw error;
  });
  return app;
}

async function answer(parts: AppParts, context: AppContext, methods: Methods): Promise<Response> {
  const { req } = context;
  const route = methods.get(req.method === 'HEAD' ? 'GET' : req.method);
  if (route === undefined) return checkReferences(parts, context, methods);
  context.env.exchange.operation = route.id;
  const preference = parsePrefer(req.header('Prefer'));
  if (preference !== undefined) {
    return finish(context, await answerPreferred(route.version, route.id, preference));
  }
  const fault = parts.faults.take(route.id);
  const instead = fault === undefined ? undefined : await sufferFault(fault);
  if (instead !== undefined) return finish(context, instead, {}, fault);
  return runChecked(parts, context, route, fault);
}

/** Only where all references of a path are there is a method refused. */
async function checkReferences(parts: AppParts, context: AppContext, methods: Methods): Promise<Response> {
  const [anyRoute] = methods.values();
  const keyId = await readKeyId(parts, context);
  try {
    identify(parts, context, keyId);
    const reply = hasUserAgent(context) ? { status: 405 } : { status: 400 };
    return finish(context, reply, reply.status === 405 ? { Allow: allowedMethods(methods) } : {});
  } catch (error) {
    if (anyRoute === undefined) throw error;
    return finish(context, anyRoute.replyToError(error));
  }
}

async function runChecked(
  parts: AppParts,
  context: AppContext,
  route: Route,
  fault: Fault | undefined,
): Promise<Response> {
  const { req, env } = context;
  let headers: ReplyHeaders = {};
  const end = (reply: Reply) => finish(context, reply, headers, fault);
  // First of all: from here on nothing waits, so that no other call changes what this one has looked up.
  const bytes = route.hasBody ? await readBytes(req.raw) : undefined;
  const keyId = route.part === null ? undefined : await readKeyId(parts, context);
  try {
    const { store, access, targets, parameters } = identify(parts, context, keyId);
    const { viewer } = access;
    if (!hasUserAgent(context)) return end({ status: 400 });
    const caller = { address: env.source.address ?? '127.0.0.1', ownSystem: ownSystem(viewer, targets) };
    const limit = parts.limiter.check(route.rateLimit, caller, parts.clock.now());
    headers = limit.headers;
    if (limit.refusal !== undefined) {
      return end({ status: 429, type: 'application/json', body: JSON.stringify(limit.refusal) });
    }
    if (route.tokenFirst && viewer === undefined) throw unauthorized();
    if (route.hasBody && !bodyTypes.test(req.header('Content-Type') ?? '')) {
      return end(unsupportedMediaType(newTraceId(parts)));
    }
    const body = bytes === undefined ? null : parseBody(context, bytes);
    const query = new URLSearchParams(queryOf(req.raw, env.source));
    if (route.keyNeed !== null && !access.allows(route.keyNeed)) throw forbidden();
    const part = route.part ?? 'all';
    const call = new Call({ store, services: parts, access, part, parameters, targets, query, body });
    return end(route.handler(call));
  } catch (error) {
    return end(route.replyToError(error));
  }
}

/** The id of the API key that was sent, where it is genuine. */
function readKeyId({ keys }: AppParts, { req }: AppContext): Promise<string | undefined> {
  return keys.identify(req.header('Authorization') ?? '');
}

/** Who calls, and what the path names. */
function identify(parts: AppParts, { req, env }: AppContext, keyId: string | undefined) {
  const store = parts.store();
  const access = accessOf(store, req.header('Authorization') ?? '', parts.keys.current(keyId ?? ''));
  const { viewer } = access;
  if (viewer !== undefined) env.exchange.system = viewer.id;
  const parameters = req.param();
  return { store, access, parameters, targets: resolveTargets(store, parameters, viewer) };
}

/** Browsers, and what plays one for tests, add this header only as a request leaves for the network. */
function hasUserAgent({ req }: AppContext): boolean {
  return (req.header('User-Agent') ?? '') !== '' || isBrowser();
}

function finish(context: AppContext, reply: Reply, headers: ReplyHeaders = {}, fault?: Fault): Response {
  const spoilt = spoil(reply, fault);
  const { exchange } = context.env;
  exchange.responseHeaders = headersOf(spoilt, headers);
  if (spoilt.body !== undefined) exchange.responseBody = spoilt.body;
  return respond(spoilt, exchange.responseHeaders);
}

function answerUnknownPath(path: string, withV1: boolean): Reply {
  if (/^\/v1(\/|$)/.test(path)) return withV1 ? { status: 404 } : gatewayText(410, 'Unsupported API version');
  if (/^\/v2\/(s|m|a|msg)(\/|$)/.test(path)) return gatewayText(400, 'Invalid path for API version');
  if (!/^\/(v2|private)(\/|$)/.test(path)) return gatewayText(400, 'Unsupported API version');
  return { status: 404 };
}

/** The caller's system, where the call is about it. */
function ownSystem(viewer: SystemRecord | undefined, targets: Targets): string | undefined {
  const owner = targets.system?.uuid ?? targets.member?.system ?? targets.group?.system;
  return owner === undefined || owner === viewer?.uuid ? viewer?.uuid : undefined;
}

/** @returns null where the body is too large */
async function readBytes(request: Request): Promise<ArrayBuffer | null> {
  if (Number(request.headers.get('Content-Length') ?? 0) > largestBody) return null;
  const bytes = await request.arrayBuffer();
  return bytes.byteLength > largestBody ? null : bytes;
}

/** @throws {ApiError} 413 where the body is too large, 400 where it cannot be read */
function parseBody({ env }: AppContext, bytes: ArrayBuffer | null): JsonToken {
  if (bytes === null) throw payloadTooLarge();
  const text = decoder.decode(bytes);
  env.exchange.requestBody = text;
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw badRequest();
    throw error;
  }
}

/** Path and query as they were sent, where that is known. */
export function targetOf(request: Request, source: RequestSource | undefined): string {
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
