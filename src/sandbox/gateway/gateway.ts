import { isBrowser } from '../../models/is-browser.ts';
import { type Fault, type FaultList, spoil } from '../faults/fault-list.ts';
import { preferredResponse, readPreference } from '../faults/prefer.ts';
import type { SandboxRequest, SandboxResponse } from '../http/messages.ts';
import { isReadable } from '../http/target.ts';
import type { Exchange } from '../journal/journal.ts';
import { accessOf } from '../keys/access.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Services } from '../operations/call.ts';
import { badRequest } from '../operations/errors.ts';
import type { Reply } from '../operations/reply.ts';
import { largestBody, runOperation } from '../operations/run-operation.ts';
import type { Store } from '../store/store.ts';
import { apiHeaders, type Headers } from './common-headers.ts';
import { type RateLimiter, scopesOf } from './rate-limiter.ts';
import { findSystem, findSystemLoosely, ownerOf, resolveTargets } from './references.ts';
import { failedReply, replyToError, responseTo } from './responses.ts';
import { allowedByApi, allowedMethods, type Methods, type Route } from './routes.ts';

/** A request on its way through the gateway. */
export interface CallContext {
  readonly request: SandboxRequest;
  readonly path: string;
  /** Of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly exchange: Exchange;
  /** @throws where the world was replaced, or the sandbox closed, since the request came */
  readonly assertCurrent: () => void;
}

export interface GatewayParts extends Services {
  readonly limiter: RateLimiter;
  readonly faults: FaultList;
  readonly keys: KeyRing;
  /** Names of the applications that have a limit of their own, by their token. */
  readonly apps: ReadonlyMap<string, string>;
  /** The present state; a reset replaces it. */
  readonly store: () => Store;
  /** Keeps what an operation has changed. @throws where it cannot be kept; then it has not been made */
  readonly keep: () => void;
}

/** The destination of a request: the route, and the methods of its path. */
interface Destination {
  /** The handler of `GET` where the request is a `HEAD`; undefined where the path lacks the method. */
  readonly route: Route | undefined;
  readonly methods: Methods;
}

/** Responds to a request to a path that has routes. Examples that are asked for, and faults, come before all checks. */
export async function respondTo(
  parts: GatewayParts,
  context: CallContext,
  methods: Methods,
): Promise<SandboxResponse> {
  const { request, path, exchange } = context;
  const [anyRoute] = methods.values();
  if (anyRoute?.version === 'v2' && !isReadable(path)) return finish(replyToError(badRequest()));
  const route = methods.get(request.method === 'HEAD' ? 'GET' : request.method);
  if (route === undefined) return passChecks(parts, context, { route, methods }, undefined);
  exchange.operation = route.id;
  const preference = readPreference(request.headers.get('prefer'), request.target);
  if (preference !== undefined) {
    return finish(await preferredResponse(route.version, route.id, preference));
  }
  const fault = parts.faults.take(route.id);
  const instead = fault === undefined ? undefined : await parts.faults.suffer(fault, request.signal);
  if (instead !== undefined) return finish(instead, {}, fault);
  return passChecks(parts, context, { route, methods }, fault);
}

/** The response to `OPTIONS`, which is not counted; it lists the methods of the path. */
export function preflightResponse(methods?: Methods): SandboxResponse {
  return finish({ status: 200 }, methods && { Allow: allowedMethods(methods) });
}

/**
 * The checks of the gateway, in its order: authentication, references, User-Agent, rate limit, method. Then the request
 * goes to the API, or gets its response here.
 */
async function passChecks(
  parts: GatewayParts,
  context: CallContext,
  { route, methods }: Destination,
  fault: Fault | undefined,
): Promise<SandboxResponse> {
  const { request, exchange } = context;
  let headers: Headers = route === undefined ? { Allow: allowedMethods(methods) } : {};
  const end = (reply: Reply) => finish(reply, headers, fault);
  const isHead = request.method === 'HEAD';
  // First of all, as nothing may wait from here on: another call could change what this one has looked up.
  const bytes = route?.hasBody && !isHead ? await request.readBody(largestBody) : undefined;
  const keyId = await readKeyId(parts, context, methods);
  request.signal?.throwIfAborted();
  context.assertCurrent();
  const toReply = route?.replyToError ?? replyToError;
  try {
    let caller = identify(parts, context, keyId, route);
    if (!hasUserAgent(context)) return end({ status: 400 });
    if (fault?.outage === 'rate-limiter') {
      await parts.faults.cleared(request.signal);
      context.assertCurrent();
      caller = identify(parts, context, keyId, route);
    }
    if (fault?.outage === 'rate-limiter-script') return end(failedReply());
    const scopes = route !== undefined && !isHead ? route.rateLimit : scopesOf(request.method);
    const limit = parts.limiter.check(scopes, caller.counted, parts.clock.now());
    headers = { ...headers, ...limit.headers };
    if (limit.errorBody !== undefined) {
      return end({ status: 429, type: 'application/json', body: JSON.stringify(limit.errorBody) });
    }
    if (route === undefined) return end({ status: 405 });
    if (fault?.outage === 'api' && !route.byGateway) return end(failedReply());
    if (isHead && !route.byGateway) {
      return end({ status: 405, headers: { ...apiHeaders, Allow: allowedByApi(methods) } });
    }
    const contentType = request.headers.get('content-type') ?? '';
    const { target } = request;
    const reply = runOperation({ ...caller, route, target, contentType, bytes, exchange }, parts);
    // Immediately, so that changes are not mixed with those of the next call.
    parts.keep();
    if (!route.byGateway) headers = { ...headers, ...apiHeaders };
    return end(reply);
  } catch (error) {
    return end(toReply(error));
  }
}

/** The id of the API key that was sent, where it is genuine and the path takes keys. */
function readKeyId(
  { keys }: GatewayParts,
  { request }: CallContext,
  methods: Methods,
): Promise<string | undefined> | undefined {
  const takesKeys = [...methods.values()].some(({ part }) => part !== null);
  return takesKeys ? keys.identify(request.headers.get('authorization') ?? '') : undefined;
}

/** The caller, the objects of the path, and how the request is counted. */
function identify(
  parts: GatewayParts,
  { request, parameters, exchange }: CallContext,
  keyId: string | undefined,
  route: Route | undefined,
) {
  const store = parts.store();
  const access = accessOf(store, request.headers.get('authorization') ?? '', parts.keys.current(keyId ?? ''));
  const { viewer } = access;
  if (viewer !== undefined) exchange.system = viewer.id;
  const find = route?.byGateway ? findSystemLoosely : findSystem;
  const targets = resolveTargets(store, parameters, viewer, find);
  const counted = {
    address: request.address,
    ownSystem: ownerOf(targets) === viewer?.uuid ? viewer?.uuid : undefined,
    app: appOf(parts.apps, request.headers.get('x-pluralkit-app')),
  };
  return { store, access, parameters, targets, counted };
}

/** The application of the token; undefined without a token. */
function appOf(apps: ReadonlyMap<string, string>, token: string | null): string | undefined {
  return token ? apps.get(token) : undefined;
}

/** Browsers, real and simulated, add this header only as a request leaves for the network. */
function hasUserAgent({ request }: CallContext): boolean {
  const userAgent = request.headers.get('user-agent');
  return (userAgent !== null && userAgent !== 'unknown') || isBrowser();
}

export function finish(reply: Reply, headers: Headers = {}, fault?: Fault | undefined): SandboxResponse {
  return responseTo(spoil(reply, fault), headers);
}
