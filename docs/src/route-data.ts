import { defineRouteMiddleware } from '@astrojs/starlight/route-data';

/** The search is over the guides and the API. The pages of types would hide them, as they repeat every name many times. */
export const onRequest = defineRouteMiddleware(({ locals: { starlightRoute } }) => {
  if (starlightRoute.id.startsWith('typescript/')) starlightRoute.entry.data.pagefind = false;
});
