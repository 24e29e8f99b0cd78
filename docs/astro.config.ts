import { rmSync } from 'node:fs';
import { join } from 'node:path';
import starlight from '@astrojs/starlight';
import type { StarlightPlugin } from '@astrojs/starlight/types';
import { defineConfig } from 'astro/config';
import starlightLinksValidator from 'starlight-links-validator';
import starlightOpenAPI, { openAPISidebarGroups } from 'starlight-openapi';
import starlightTypeDoc, { typeDocSidebarGroup } from 'starlight-typedoc';
import { placeholderBase } from '../scripts/site/relative-links.ts';

const project = join(import.meta.dirname, '..');

/** starlight-typedoc omits the pages of modules, which the sidebar replaces, but keeps the list of links to them. */
const withoutModuleList: StarlightPlugin = {
  name: 'without-module-list',
  hooks: {
    'config:setup': () =>
      rmSync(join(import.meta.dirname, 'src/content/docs/typescript/README.md'), { force: true }),
  },
};

/** `npm run site` builds this: it makes the pages of the guide and the try-it page first. */
export default defineConfig({
  // `npm run site` makes all links relative afterwards.
  base: placeholderBase,
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  integrations: [
    starlight({
      title: 'PluralKit API',
      description:
        'The PluralKit API as the server behaves: guides, reference, client, sandbox and webhooks.',
      favicon: '/icon/icon.svg',
      // public/404.html replaces it: it is served at any depth, so it can hold no relative link.
      disable404Route: true,
      routeMiddleware: './src/route-data.ts',
      customCss: ['./src/site.css'],
      components: {
        PageTitle: './src/components/PageTitle.astro',
        Footer: './src/components/Footer.astro',
      },
      plugins: [
        starlightOpenAPI([
          {
            base: 'reference',
            schema: join(project, '.cache/site-openapi.json'),
            sidebar: { label: 'API reference', operations: { badges: true }, collapsed: true },
          },
        ]),
        starlightTypeDoc({
          entryPoints: [
            'index',
            'models/index',
            'webhooks/index',
            'sandbox/index',
            'sandbox/node/index',
            'sandbox/vitest',
            'backup/index',
            'cache',
            'redis/index',
            'watch/index',
            'v1',
          ].map((name) => join(project, `src/${name}.ts`)),
          tsconfig: join(project, 'tsconfig.json'),
          output: 'typescript',
          sidebar: { label: 'TypeScript reference', collapsed: true },
          typeDoc: { gitRevision: 'main', excludeExternals: true, skipErrorChecking: true },
        }),
        withoutModuleList,
        // The try-it page is a page of its own, which Starlight does not know.
        starlightLinksValidator({ exclude: ['**/try-it/**', '**/openapi/**'], errorOnRelativeLinks: false }),
      ],
      sidebar: [
        { label: 'Start', items: ['index', 'try', 'glossary'] },
        { label: 'The API', items: [{ autogenerate: { directory: 'api' } }] },
        { label: 'Guides', items: [{ autogenerate: { directory: 'guides' } }] },
        { label: 'Recipes', items: [{ autogenerate: { directory: 'recipes' } }] },
        { label: 'Moving from', items: [{ autogenerate: { directory: 'moving' } }] },
        ...openAPISidebarGroups,
        typeDocSidebarGroup,
      ],
    }),
  ],
});
