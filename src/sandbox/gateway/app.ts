import { Hono } from 'hono';
import { type AdminParts, adminApp } from '../admin/admin-app.ts';
import { type AppEnv, answer, answerPreflight, finish, type GatewayParts } from './gateway.ts';
import type { Routes } from './routes.ts';
import { pathOf } from './target.ts';
import { replyToUnknownPath } from './unknown-paths.ts';

export interface AppParts extends GatewayParts {
  readonly routes: Routes;
  readonly admin: AdminParts;
  readonly v1: boolean;
}

/** Everything that a sandbox answers: the routes that steer it, and the gateway with the API behind it. */
export function createApp(parts: AppParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ getPath: (request, options) => pathOf(request, options?.env?.source) });
  app.route('/_sandbox', adminApp(parts.admin));
  for (const [path, methods] of parts.routes) {
    // A reference within a path may be empty, one at its end may not.
    app.all(path.replace(/(:\w+)\//g, '$1{[^/]*}/'), (context) =>
      context.req.method === 'OPTIONS' ? answerPreflight(context, methods) : answer(parts, context, methods),
    );
  }
  app.notFound((context) => {
    const { method, path } = context.req;
    if (method === 'OPTIONS') return answerPreflight(context);
    return finish(context, replyToUnknownPath(method, path, parts.v1));
  });
  app.onError((error) => {
    throw error;
  });
  return app;
}
