import { operations as v1Operations } from '../../../generated/v1/operations.ts';
import { operations } from '../../../generated/v2/operations.ts';
import type { ApiKeyNeed, ApiKeyPart } from '../../models/api-key.ts';
import type { Handler } from '../operations/call.ts';
import { handlers } from '../operations/handlers.ts';
import type { Reply } from '../operations/reply.ts';
import { v1Handlers } from '../v1/operations.ts';
import { replyToTextError } from '../v1/text-error.ts';
import type { RateLimitScopes } from './rate-limiter.ts';
import { replyToError } from './responses.ts';

/** An operation, with the facts that its checks need. */
export interface Route {
  readonly id: string;
  readonly version: 'v1' | 'v2';
  readonly hasBody: boolean;
  readonly rateLimit: RateLimitScopes;
  /** The part of the system; null where it takes no API keys. */
  readonly part: ApiKeyPart | null;
  /** Whether the token is checked before the body, as in version 1. */
  readonly tokenFirst: boolean;
  /** The scope that an API key needs to call it; null where anyone may call it. */
  readonly keyNeed: ApiKeyNeed | null;
  readonly handler: Handler;
  /** Whether the gateway itself responds, without the API behind it. */
  readonly byGateway: boolean;
  /** The response where the handler, or a check before it, throws an error of the API. */
  readonly replyToError: (error: unknown) => Reply;
}

/** Routes of one path, by method. */
export type Methods = ReadonlyMap<string, Route>;
/** Routes by path, with parameters as Hono writes them. */
export type Routes = ReadonlyMap<string, Methods>;

/** The part of an operation's description that a route needs. */
interface Described {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly hasBody: boolean;
  readonly rateLimit: RateLimitScopes;
  readonly security: readonly object[];
  readonly apiKeyScope: ApiKeyNeed | null;
  readonly byGateway: boolean;
}

/** All routes; where two paths fit, the more literal one comes first. */
export function createRoutes(withV1: boolean): Routes {
  const routes = collectRoutes(withV1);
  const parameterCount = (path: string) => path.split(':').length;
  return new Map([...routes].sort(([one], [other]) => parameterCount(one) - parameterCount(other)));
}

function collectRoutes(withV1: boolean): Map<string, Map<string, Route>> {
  const routes = new Map<string, Map<string, Route>>();
  const add = (
    prefix: string,
    { path, method, id, hasBody, rateLimit, security, apiKeyScope, byGateway }: Described,
    rest: Pick<Route, 'version' | 'handler' | 'replyToError'>,
  ) => {
    const template = prefix + path.replace(/\{(\w+)\}/g, ':$1');
    const methods = routes.get(template) ?? new Map<string, Route>();
    const isOpen = security.some((requirement) => Object.keys(requirement).length === 0);
    const keyNeed = isOpen ? null : apiKeyScope;
    const part = apiKeyScope?.part ?? null;
    const tokenFirst = rest.version === 'v1' && !isOpen;
    const route = { id, hasBody, rateLimit, part, tokenFirst, keyNeed, byGateway, ...rest };
    routes.set(template, methods.set(method, route));
  };
  for (const operation of Object.values(operations)) {
    add(operation.unstable ? '' : '/v2', operation, {
      version: 'v2',
      handler: handlers[operation.id],
      replyToError,
    });
  }
  if (!withV1) return routes;
  for (const operation of Object.values(v1Operations)) {
    add('/v1', operation, {
      version: 'v1',
      handler: v1Handlers[operation.id],
      replyToError: replyToTextError,
    });
  }
  return routes;
}

/** The methods of a path, for the `Allow` header of the gateway: `GET,HEAD,PATCH`. */
export function allowedMethods(methods: Methods): string {
  return methodNames(methods)
    .flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]))
    .join(',');
}

/** The same as the API behind the gateway lists them, which knows no `HEAD`. */
export function allowedByApi(methods: Methods): string {
  return methodNames(methods).join(',');
}

function methodNames(methods: Methods): readonly string[] {
  return ['GET', 'PATCH', 'POST', 'DELETE'].filter((name) => methods.has(name));
}
