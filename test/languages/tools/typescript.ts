import { type LanguageTool, works } from '../tool.ts';
import {
  generateWith,
  needsWithoutWebhooks,
  openapiGenerator,
  openapiGeneratorWarnings,
  withoutWebhooks,
} from './openapi-generator.ts';

const typescript = { language: 'TypeScript', needs: ['typescript'], toolchains: [] } as const;
/** Gives the packages of the tools to a folder. */
const linked = 'ln -s $CACHE/typescript/node_modules .';
const strict =
  'tsc --strict --noEmit --target es2023 --module esnext --moduleResolution bundler --skipLibCheck --allowImportingTsExtensions --types node --lib es2023,dom,dom.iterable';

/** How a program in TypeScript is compiled strictly, with the client that it imports, and run. */
function program(name: string, prepare = ''): Pick<LanguageTool, 'program' | 'compile' | 'run'> {
  return {
    program: `typescript/${name}.ts`,
    compile: `${prepare}cp $SOURCES/programs/typescript/${name}.ts program.ts && ${strict} program.ts`,
    run: 'esbuild program.ts --bundle --packages=external --platform=node --format=esm --outfile=program.mjs --log-level=error && node program.mjs',
  };
}

export const typescriptTools: readonly LanguageTool[] = [
  {
    ...{ name: 'openapi-generator typescript-fetch', language: 'TypeScript', ...openapiGenerator },
    needs: ['openapi-generator', 'typescript'],
    toolchains: [],
    generate: generateWith(
      'typescript-fetch',
      `${withoutWebhooks} --additional-properties withoutRuntimeChecks=true,modelPropertyNaming=original`,
    ),
    warnings: openapiGeneratorWarnings,
    ...program('openapi_generator', `${linked} && `),
    note: `${needsWithoutWebhooks} \`withoutRuntimeChecks=true,modelPropertyNaming=original\`: models are types alone.`,
    expected: works,
    fault:
      "the tool's: a webhook's request body has no type (`webhooks: {x: {post: {requestBody: …}}}`), and a `oneOf` in a discriminated `oneOf` is imported by a name that it does not export",
  },
  {
    ...{ name: 'hey-api', version: '0.99.0', ...typescript },
    generate: `${linked} && openapi-ts -i $DOCUMENT -o client -c @hey-api/client-fetch`,
    ...program('hey_api'),
    note: '`-c @hey-api/client-fetch`.',
    expected: works,
  },
  {
    ...{ name: 'orval', version: '8.38.0', ...typescript },
    generate: `${linked} && echo "export default { pluralkit: { input: '$DOCUMENT', output: { target: 'client.ts', client: 'fetch', baseUrl: '$PLURALKIT_URL' } } };" > orval.config.mjs && orval --config orval.config.mjs`,
    ...program('orval'),
    note: "`client: 'fetch'`.",
    expected: works,
  },
  {
    ...{ name: 'Kubb', version: '4.39.3', ...typescript },
    generate: `${linked} && cp $SOURCES/programs/typescript/kubb.config.mjs . && kubb generate --config kubb.config.mjs`,
    ...program('kubb'),
    note: '`pluginTs()` and `pluginClient({ client: "fetch" })`. Set `Content-Type` yourself. An error is returned as if it were a result: look for `code`.',
    expected: works,
  },
  {
    ...{ name: 'swagger-typescript-api', version: '13.13.0', ...typescript },
    generate: `${linked} && swagger-typescript-api generate -p $DOCUMENT -o . -n api.ts`,
    ...program('swagger_typescript_api'),
    note: 'Pass `{ format: "json" }` to calls: it reads no body otherwise. Errors are thrown as responses.',
    expected: works,
  },
  {
    ...{ name: 'typed-openapi', version: '2.2.7', ...typescript },
    generate: `${linked} && typed-openapi $DOCUMENT -o client.ts`,
    ...program('typed_openapi'),
    note: 'Give it a function that sends requests, with the method in capitals.',
    expected: works,
  },
  {
    ...{
      name: 'openapi-zod-client',
      version: '1.18.3',
      language: 'TypeScript',
      toolchains: [],
      needs: ['zod'],
    },
    generate:
      'ln -s $CACHE/zod/node_modules . && node_modules/.bin/openapi-zod-client $DOCUMENT -o client.ts',
    ...program('openapi_zod_client'),
    note: 'zod 3, and `@zodios/core`, which is no longer maintained.',
    expected: works,
    fault: "the tool's: `additionalProperties` becomes `z.record(…)` with one argument, which zod 4 rejects",
  },
];
