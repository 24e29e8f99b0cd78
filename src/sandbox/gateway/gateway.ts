import type { Context } from 'hono';
import { isBrowser } from '../../models/is-browser.ts';
import { type Fault, type FaultList, spoil } from '../faults/fault-list.ts';
import { answerPreferred, readPreference } from '../faults/prefer.ts';
import type { Exchange } from '../journal/journal.ts';
import { accessOf } from '../keys/access.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Services } from '../operations/call.ts';
import { badRequest } from '../operations/errors.ts';
import type { Reply } from '../operations/reply.ts';
import { readBody, runOperation } from '../operations/run-operation.ts';
import type { Store } from '../store/store.ts';
import { apiHeaders, type Headers, headersOf } from './common-headers.ts';
import { type RateLimiter, scopesOf } from './rate-limiter.ts';
import { findSystem, findSystemLoosely, ownerOf, resolveTargets } from './references.ts';
import { failedReply, replyToError, respond, sendable } from './responses.ts';
import { allowedByApi, allowedMethods, type Methods, type Route } from './routes.ts';
import { isReadable, pathOf, queryIn, type RequestSource, targetOf } from './target.ts';

export interface AppBindings {
  readonly source: RequestSource;
  readonly exchange: Exchange;
  /** The caller's, where the request can be aborted while it waits. */
  readonly signal?: AbortSignal | undefined;
  /** @throws where the world was replaced, or the sandbox closed, since the request came */
  readonly assertCurrent: () => void;
}
export type AppEnv = { Bindings: AppBindings };
export type AppContext = Context<AppEnv>;

export interface GatewayParts extends Services {
  readonly limiter: RateLimiter;
  readonly faults: FaultList;
  readonly keys: KeyRing;
  /** Names of the applications that have a limit of their own, by their token. */
  readonly apps: ReadonlyMap<string, string>;
  /** The state at present; a reset replaces it. */
  readonly store: () => Store;
}

/** Where a request was sent to: the route, and the methods that its path has. */
interface Destination {
  /** What answers `GET` where the request is a `HEAD`; undefined where the path lacks the method. */
  readonly route: Route | undefined;
  readonly methods: Methods;
}

/** Answers a request to a path that has routes. Examples that are asked for, and faults, come before all checks. */
export async function answer(parts: GatewayParts, context: AppContext, methods: Methods): Promise<Response> {
  const { req, env } = context;
  const [anyRoute] = methods.values();
  if (anyRoute?.version === 'v2' && !isReadable(pathOf(req.raw, env.source))) {
    return finish(context, replyToError(badRequest()));
  }
  const route = methods.get(req.method === 'HEAD' ? 'GET' : req.method);
  if (route === undefined) return passChecks(parts, context, { route, methods }, undefined);
  env.exchange.operation = route.id;
  const preference = readPreference(req.header('Prefer'), targetOf(req.raw, env.source));
  if (preference !== undefined) {
    return finish(context, await answerPreferred(route.version, route.id, preference));
  }
  const fault = parts.faults.take(route.id);
  const instead = fault === undefined ? undefined : await parts.faults.suffer(fault, env.signal);
  if (instead !== undefined) return finish(context, instead, {}, fault);
  return passChecks(parts, context, { route, methods }, fault);
}

/** The response to `OPTIONS`, which is free; a path that lacks the method tells those that it has. */
export function answerPreflight(context: AppContext, methods?: Methods): Response {
  return finish(context, { status: 200 }, methods && { Allow: allowedMethods(methods) });
}

/**
 * The checks of the gateway, in its order: authentication, references, User-Agent, rate limit, method. Then the request
 * goes to the API, or is answered here.
 */
async function passChecks(
  parts: GatewayParts,
  context: AppContext,
  { route, methods }: Destination,
  fault: Fault | undefined,
): Promise<Response> {
  const { req, env } = context;
  let headers: Headers = route === undefined ? { Allow: allowedMethods(methods) } : {};
  const end = (reply: Reply) => finish(context, reply, headers, fault);
  const isHead = req.method === 'HEAD';
  // First of all: from here on nothing waits, so that no other call changes what this one has looked up.
  const bytes = route?.hasBody && !isHead ? await readBody(req.raw) : undefined;
  const keyId = await readKeyId(parts, context, methods);
  env.signal?.throwIfAborted();
  env.assertCurrent();
  const toReply = route?.replyToError ?? replyToError;
  try {
    let caller = identify(parts, context, keyId, route);
    if (!hasUserAgent(context)) return end({ status: 400 });
    if (fault?.outage === 'rate-limiter') {
      await parts.faults.cleared(env.signal);
      env.assertCurrent();
      caller = identify(parts, context, keyId, route);
    }
    if (fault?.outage === 'rate-limiter-script') return end(failedReply());
    const scopes = route !== undefined && !isHead ? route.rateLimit : scopesOf(req.method);
    const limit = parts.limiter.check(scopes, caller.counted, parts.clock.now());
    headers = { ...headers, ...limit.headers };
    if (limit.refusal !== undefined) {
      return end({ status: 429, type: 'application/json', body: JSON.stringify(limit.refusal) });
    }
    if (route === undefined) return end({ status: 405 });
    if (fault?.outage === 'api' && !route.byGateway) return end(failedReply());
    if (isHead && !route.byGateway) {
      return end({ status: 405, headers: { ...apiHeaders, Allow: allowedByApi(methods) } });
    }
    const contentType = req.header('Content-Type') ?? '';
    const query = queryIn(targetOf(req.raw, env.source));
    const { exchange } = env;
    const reply = runOperation({ ...caller, route, query, contentType, bytes, exchange }, parts);
    if (!route.byGateway) headers = { ...headers, ...apiHeaders };
    return end(reply);
  } catch (error) {
    return end(toReply(error));
  }
}

/** The id of the API key that was sent, where it is genuine and the path takes keys. */
async function readKeyId(
  { keys }: GatewayParts,
  { req }: AppContext,
  methods: Methods,
): Promise<string | undefined> {
  const takesKeys = [...methods.values()].some(({ part }) => part !== null);
  return takesKeys ? keys.identify(req.header('Authorization') ?? '') : undefined;
}

/** Who calls, what the path names, and whose requests this one counts among. */
function identify(
  parts: GatewayParts,
  { req, env }: AppContext,
  keyId: string | undefined,
  route: Route | undefined,
) {
  const store = parts.store();
  const access = accessOf(store, req.header('Authorization') ?? '', parts.keys.current(keyId ?? ''));
  const { viewer } = access;
  if (viewer !== undefined) env.exchange.system = viewer.id;
  const parameters = req.param();
  const find = route?.byGateway ? findSystemLoosely : findSystem;
  const targets = resolveTargets(store, parameters, viewer, find);
  const counted = {
    address: env.source.address ?? '127.0.0.1',
    ownSystem: ownerOf(targets) === viewer?.uuid ? viewer?.uuid : undefined,
    app: appOf(parts.apps, req.header('X-PluralKit-App')),
  };
  return { store, access, parameters, targets, counted };
}

/** The application whose token was sent; none where no token was. */
function appOf(apps: ReadonlyMap<string, string>, token: string | undefined): string | undefined {
  return token ? apps.get(token) : undefined;
}

/** Browsers, real and simulated, add this header only as a request leaves for the network. */
function hasUserAgent({ req }: AppContext): boolean {
  const userAgent = req.header('User-Agent');
  return (userAgent !== undefined && userAgent !== 'unknown') || isBrowser();
}

export function finish(
  context: AppContext,
  reply: Reply,
  headers: Headers = {},
  fault?: Fault | undefined,
): Response {
  const spoilt = sendable(spoil(reply, fault));
  const { exchange } = context.env;
  exchange.responseHeaders = headersOf(spoilt, headers);
  if (spoilt.body !== undefined) exchange.responseBody = spoilt.body;
  return respond(spoilt, exchange.responseHeaders);
}
