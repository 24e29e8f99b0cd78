import { defineConfig, type UserConfig } from 'tsdown';

const common: UserConfig = {
  format: 'esm',
  target: 'es2023',
  // Readable; bundlers minify it.
  minify: false,
};

/** One file a public entry: `exports` and `bin` in package.json name the same. */
export default defineConfig([
  {
    ...common,
    entry: {
      index: 'src/index.ts',
      v1: 'src/v1.ts',
      cache: 'src/cache.ts',
      backup: 'src/backup/index.ts',
      redis: 'src/redis/index.ts',
      watch: 'src/watch/index.ts',
      models: 'src/models/index.ts',
      webhooks: 'src/webhooks/index.ts',
      sandbox: 'src/sandbox/index.ts',
      'sandbox/vitest': 'src/sandbox/vitest.ts',
      'sandbox/node': 'src/sandbox/node/index.ts',
    },
    platform: 'neutral',
    // Peer dependencies, and modules of Node.
    external: ['vitest', /^node:/],
    outputOptions: {
      // What is loaded on demand keeps its name, as its size is measured apart.
      chunkFileNames: ({ isDynamicEntry }) => (isDynamicEntry ? '[name].js' : '[name]-[hash].js'),
    },
    dts: true,
  },
  // One file with all that it needs, for pages without a bundler.
  {
    ...common,
    entry: { 'pluralkit.browser': 'src/index.ts' },
    platform: 'browser',
    minify: true,
    deps: { alwaysBundle: [/./] },
    outputOptions: { codeSplitting: false },
    dts: false,
  },
  // Separate, as it bundles parts of development dependencies, which only resolve for Node.
  { ...common, entry: { cli: 'src/cli.ts' }, platform: 'node', fixedExtension: false, dts: false },
]);
