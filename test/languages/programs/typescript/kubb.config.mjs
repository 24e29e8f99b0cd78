import { defineConfig } from '@kubb/core';
import { pluginClient } from '@kubb/plugin-client';
import { pluginOas } from '@kubb/plugin-oas';
import { pluginTs } from '@kubb/plugin-ts';

export default defineConfig({
  root: '.',
  input: { path: process.env.DOCUMENT },
  output: { path: 'kubb', clean: true, format: false, lint: false },
  plugins: [
    pluginOas({ validate: false }),
    pluginTs(),
    pluginClient({ client: 'fetch', baseURL: process.env.PLURALKIT_URL }),
  ],
});
