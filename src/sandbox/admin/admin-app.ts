import { Hono } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { FileNote } from '../../models/export/notes.ts';
import type { SandboxBot } from '../bot/bot.ts';
import { botApp } from '../bot/bot-app.ts';
import type { Delivery } from '../dispatch/dispatch.ts';
import type { FaultList } from '../faults/fault-list.ts';
import { formatInstant } from '../formats/instant.ts';
import { withoutPassword } from '../formats/url.ts';
import type { RateLimitState } from '../gateway/rate-limit-state.ts';
import { handleOf } from '../http/faces.ts';
import type { Handle } from '../http/messages.ts';
import { pathIn, type RequestSource, targetIn } from '../http/target.ts';
import { toHar } from '../journal/har.ts';
import type { Journal } from '../journal/journal.ts';
import type { KeyDesk } from '../keys/key-desk.ts';
import type { SandboxSnapshots } from '../snapshots/snapshots.ts';
import { snapshotChange } from '../snapshots/snapshots.ts';
import type { Clock } from '../time/clock.ts';
import { idsOf, namesNo } from '../world/names-no.ts';
import { WorldError } from '../world/problems.ts';
import { object } from '../world/shape.ts';
import { words } from '../world/world.ts';
import { changeClock, clockShape } from './clock-change.ts';
import { controlHeaders } from './control-headers.ts';
import { done, errorResponse, readJson } from './exchange.ts';
import { readRequestsQuery, rejectQuery, routeWithQuery } from './query.ts';
import { streamText } from './stream-text.ts';
import { describeUnknownRoute } from './unknown-route.ts';

/** The controls of a sandbox, as its methods have them. */
export interface AdminParts {
  readonly clock: Clock;
  readonly faults: FaultList;
  readonly journal: Journal;
  readonly keys: KeyDesk;
  reset(): void;
  worldText(): Iterable<string>;
  /** @throws {WorldError} naming the path of what is wrong */
  load(world: unknown): readonly FileNote[];
  readonly bot: SandboxBot;
  readonly snapshots: SandboxSnapshots;
  deliveries(): readonly Delivery[];
  clearDeliveries(): void;
  rateLimits(): RateLimitState;
  /**
   * Spends a scope of the rate limits.
   *
   * @throws {WorldError} where there is no such scope
   */
  exhaust(scope: string): void;
}

const adminPath = '/_sandbox';
const exhaustShape = object({ exhaust: words });

/**
 * Routes under `/_sandbox`: reset, world, requests, deliveries, clock, faults, rate limits, API keys, bot, snapshots. They carry no CORS headers,
 * so that pages of other sites cannot read them; a server must restrict them to this machine.
 */
export function adminApp(parts: AdminParts): Handle {
  const app = new Hono<{ Bindings: RequestSource }>({
    getPath: ({ url }, options) => pathIn(options?.env?.target ?? targetIn(url)),
  }).basePath(adminPath);
  const { clock, faults, journal, keys } = parts;
  const clockState = () => ({ now: formatInstant(clock.now()), frozen: clock.frozen });

  app.use(async (context, next) => {
    for (const { method, path } of matchedRoutes(context)) {
      const route = `${method} ${path.slice(adminPath.length)}`;
      if (method !== 'ALL' && route !== routeWithQuery) rejectQuery(context.req.url, route);
    }
    await next();
    for (const [name, value] of Object.entries(controlHeaders)) context.header(name, value);
  });

  app.post('/reset', () => {
    parts.reset();
    return done();
  });

  app.get('/world', () => {
    return new Response(streamText(parts.worldText()), { headers: { 'Content-Type': 'application/json' } });
  });
  app.put('/world', async ({ req }) => {
    const omitted = parts.load(await readJson(req.raw));
    return omitted.length === 0 ? done() : Response.json({ omitted });
  });

  app.get('/requests', ({ req }) => {
    const { after, format } = readRequestsQuery(req.url);
    const entries = journal.entries(Number(after));
    return Response.json(format === 'har' ? toHar(entries) : entries);
  });
  app.delete('/requests', () => {
    journal.clear();
    return done();
  });

  app.get('/deliveries', () =>
    Response.json(
      parts.deliveries().map((delivery) => ({ ...delivery, url: withoutPassword(delivery.url) })),
    ),
  );
  app.delete('/deliveries', () => {
    parts.clearDeliveries();
    return done();
  });

  app.get('/clock', () => Response.json(clockState()));
  app.post('/clock', async ({ req }) => {
    changeClock(clock, clockShape.read(await readJson(req.raw), 'The request body'));
    return Response.json(clockState());
  });

  app.get('/faults', () => Response.json(faults.list()));
  app.post('/faults', async ({ req }) => {
    faults.addAll(await readJson(req.raw));
    return Response.json(faults.list());
  });
  app.delete('/faults', () => {
    faults.clear();
    return done();
  });

  app.get('/keys', () => Response.json(keys.list()));
  app.post('/keys', async ({ req }) => {
    return Response.json(await keys.create(await readJson(req.raw)), { status: 201 });
  });
  app.delete('/keys/:id', ({ req }) => {
    const id = req.param('id');
    return keys.revoke(id)
      ? done()
      : errorResponse(404, `The path ${namesNo('key', id, idsOf(keys.list()))}`);
  });

  app.get('/rate-limits', () => Response.json(parts.rateLimits()));
  app.post('/rate-limits', async ({ req }) => {
    const { exhaust } = exhaustShape.read(await readJson(req.raw), 'The request body');
    parts.exhaust(exhaust);
    return done();
  });

  app.route('/bot', botApp(parts.bot));

  app.get('/snapshots', () => Response.json(parts.snapshots.list()));
  app.post('/snapshots', async ({ req }) => {
    const change = snapshotChange(await readJson(req.raw));
    if ('save' in change) parts.snapshots.save(change.save);
    else parts.snapshots.restore(change.restore);
    return Response.json(parts.snapshots.list());
  });
  app.delete('/snapshots/:name', ({ req }) => {
    const name = req.param('name');
    if (parts.snapshots.delete(name)) return done();
    return errorResponse(404, `The path ${namesNo('snapshot', name, parts.snapshots.list())}`);
  });

  const routes = app.routes.filter(({ method }) => method !== 'ALL');
  app.all('*', ({ req }) => errorResponse(404, describeUnknownRoute(req, routes, adminPath)));
  app.onError((error) => {
    if (error instanceof WorldError) {
      const { path, problems } = error;
      return errorResponse(400, error.message, { path, problems });
    }
    if (error instanceof SyntaxError)
      return errorResponse(400, `The request body is no JSON: ${error.message}`);
    throw error;
  });
  return handleOf({ fetch: async (request, source) => app.fetch(request, source) });
}

/** Whether a target is one of the routes here. */
export function isAdminTarget(target: string): boolean {
  const next = target[adminPath.length];
  return target.startsWith(adminPath) && (next === undefined || '/?#'.includes(next));
}
