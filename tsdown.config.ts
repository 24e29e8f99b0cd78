import { defineConfig } from 'tsdown';

/** One file a public entry: `exports` in package.json names the same. */
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    v1: 'src/v1.ts',
    models: 'src/models/index.ts',
    webhooks: 'src/webhooks/index.ts',
    sandbox: 'src/sandbox/index.ts',
    'sandbox/vitest': 'src/sandbox/vitest.ts',
  },
  format: 'esm',
  platform: 'neutral',
  // Who uses it has it.
  external: ['vitest'],
  target: 'es2023',
  dts: true,
  clean: true,
  // Small enough to read, and whoever bundles it makes it smaller.
  minify: false,
});
