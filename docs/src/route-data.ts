import { defineRouteMiddleware } from '@astrojs/starlight/route-data';

/** The search covers the guides and the API. The pages of types would crowd them out, as they repeat every name many times. */
export const onRequest = defineRouteMiddleware(({ locals: { starlightRoute } }) => {
  if (starlightRoute.id.startsWith('typescript/')) starlightRoute.entry.data.pagefind = false;
});
