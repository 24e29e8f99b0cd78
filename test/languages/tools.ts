import type { LanguageTool } from './tool.ts';

const generated = { generates: true, compiles: null, runs: null };
const compiled = { generates: true, compiles: true, runs: null };
const works = { generates: true, compiles: true, runs: true };

/** A generator of openapi-generator. */
function openapiGenerator(generator: string, options = ''): string {
  return `java -jar $CACHE/openapi-generator-cli-7.17.0.jar generate -g ${generator} -i $DOCUMENT -o . ${options}`;
}

const openapi = { version: '7.17.0', needs: ['openapi-generator'] } as const;
const typescript = { language: 'TypeScript', needs: ['typescript'], toolchain: [] } as const;
/** Gives the packages of the TypeScript tools to a folder. */
const linked = 'ln -s $CACHE/typescript/node_modules .';
const strict =
  'tsc --strict --noEmit --target es2023 --module esnext --moduleResolution bundler --skipLibCheck --allowImportingTsExtensions --types node --lib es2023,dom,dom.iterable';

/** How a program in TypeScript is compiled strictly, with the client that it imports, and run. */
function typescriptProgram(name: string, prepare = 'true'): Pick<LanguageTool, 'compile' | 'run'> {
  return {
    compile: `${prepare} && cp $SOURCES/programs/typescript/${name}.ts program.ts && ${strict} program.ts`,
    run: 'esbuild program.ts --bundle --packages=external --platform=node --format=esm --outfile=program.mjs --log-level=error && node program.mjs',
  };
}

/** Options of openapi-generator for generators whose webhooks do not compile. */
const withoutWebhooks =
  '--global-property apis=Systems:Members:Groups:Switches:Messages:Settings:OEmbed:oEmbed:Private,models,supportingFiles';
const needsWithoutWebhooks =
  '`--global-property apis=Systems:Members:…,models,supportingFiles` omits the webhooks, which do not compile.';

export const tools: readonly LanguageTool[] = [
  {
    ...{ name: 'openapi-python-client', version: '0.29.1', language: 'Python', needs: ['python'] },
    toolchain: ['python3'],
    generate: 'openapi-python-client generate --path $DOCUMENT --output-path client --overwrite',
    compile: 'cd client && mypy --strict plural_kit_api_client',
    run: 'PYTHONPATH=client python $SOURCES/programs/python/openapi_python_client.py',
    note: 'A legacy token wants `prefix=""`.',
    expected: works,
  },
  {
    ...{ name: 'datamodel-code-generator', version: '0.89.0', language: 'Python', needs: ['python'] },
    toolchain: ['python3'],
    generate:
      'datamodel-codegen --input $DOCUMENT --input-file-type openapi --output-model-type pydantic_v2.BaseModel --use-annotated --target-python-version 3.11 --output models.py',
    compile: 'python -c "import models; assert models.Member"',
    note: 'Models alone: `--output-model-type pydantic_v2.BaseModel --use-annotated`.',
    expected: compiled,
  },
  {
    ...{
      name: 'openapi-generator python',
      language: 'Python',
      ...openapi,
      needs: ['openapi-generator', 'python'],
    },
    toolchain: ['java', 'python3'],
    generate: openapiGenerator('python', withoutWebhooks),
    compile: 'python -m compileall -q openapi_client',
    run: 'PYTHONPATH=. python $SOURCES/programs/python/openapi_generator.py',
    note: `${needsWithoutWebhooks} The token goes into \`api_key={"LegacyToken": token}\`.`,
    expected: works,
    fault: "the tool's: a webhook's request body has no type (`webhooks: {x: {post: {requestBody: …}}}`)",
  },
  {
    ...{ name: 'openapi-generator go', language: 'Go', ...openapi, toolchain: ['java', 'go'] },
    generate: openapiGenerator('go'),
    compile:
      'rm -rf test && mkdir -p cmd/program && cp $SOURCES/programs/go/openapi_generator.go cmd/program/main.go && go mod tidy && go vet ./...',
    run: 'go run ./cmd/program',
    note: 'The folder `test` that it makes does not compile: remove it.',
    expected: works,
  },
  {
    ...{ name: 'oapi-codegen', version: '2.8.2', language: 'Go', needs: ['oapi-codegen'], toolchain: ['go'] },
    generate:
      'mkdir client && $CACHE/go/oapi-codegen -generate types,client,skip-prune -package client -o client/client.go $DOCUMENT',
    compile:
      'printf "module languages\\n\\ngo 1.24\\n" > go.mod && mkdir -p cmd/program && cp $SOURCES/programs/go/oapi_codegen.go cmd/program/main.go && go mod tidy && go vet ./...',
    run: 'go run ./cmd/program',
    note: '`-generate types,client,skip-prune`.',
    expected: works,
  },
  {
    ...{ name: 'ogen', version: '1.24.0', language: 'Go', needs: ['ogen'], toolchain: ['go'] },
    generate:
      'printf "generator:\\n  ignore_not_implemented: [all]\\n" > ogen.yml && $CACHE/go/ogen --config ogen.yml --target client --package client --clean $DOCUMENT_30',
    compile:
      'printf "module languages\\n\\ngo 1.24\\n" > go.mod && mkdir -p cmd/program && cp $SOURCES/programs/go/ogen.go cmd/program/main.go && go mod tidy && go vet ./...',
    run: 'go run ./cmd/program',
    note: 'OpenAPI 3.0 and `ignore_not_implemented: [all]`. It omits the 7 operations that take lists of references, `createSwitch` among them: their errors are told apart by an integer `code`, and its discriminators must be strings.',
    expected: works,
    fault:
      "the tool's: `{type: [string, 'null'], const: null}` of OpenAPI 3.1 becomes `e.Str()` without its argument, which does not compile",
  },
  {
    ...{ name: 'openapi-generator rust', language: 'Rust', ...openapi, toolchain: ['java', 'cargo'] },
    generate: openapiGenerator('rust'),
    compile:
      'mkdir -p program/src && cp $SOURCES/programs/rust/openapi_generator.rs program/src/main.rs && cp $SOURCES/programs/rust/Cargo.toml program/ && cd program && CARGO_TARGET_DIR=$CACHE/rust cargo build -q',
    run: 'cd program && CARGO_TARGET_DIR=$CACHE/rust cargo run -q',
    note: 'A 204 is `Err(Error::Serde)`.',
    expected: works,
    fault: "the tool's: a response without a body is parsed as JSON (`getFronters`, 204)",
  },
  {
    ...{ name: 'progenitor', version: '0.15.1', language: 'Rust', needs: ['progenitor'] },
    toolchain: ['cargo'],
    generate:
      '$CACHE/cargo/bin/cargo-progenitor progenitor -i $DOCUMENT_30 -o client -n pluralkit -v 0.1.0 --license-name MIT',
    note: 'It reads OpenAPI 3.0 alone.',
    expected: { generates: false, compiles: null, runs: null },
    failure: 'assertion failed: response_types.len() <= 1',
    fault:
      "the tool's: an operation may have one schema for all its errors (`responses: {400: {…A}, 404: {…B}}` ends it)",
  },
  {
    ...{ name: 'openapi-generator java (native)', language: 'Java', ...openapi, toolchain: ['java', 'mvn'] },
    generate: openapiGenerator('java', '--library native'),
    compile:
      'cp $SOURCES/programs/java/OpenapiGenerator.java src/main/java/ && mvn -q -B -Dmaven.test.skip=true compile',
    run: 'mvn -q -B -Dmaven.test.skip=true org.codehaus.mojo:exec-maven-plugin:3.5.0:java -Dexec.mainClass=OpenapiGenerator',
    note: 'It sends no credentials: set `Authorization` in `setRequestInterceptor`.',
    expected: works,
    fault: "the tool's: security schemes are ignored by the library `native`",
  },
  {
    ...{
      name: 'openapi-generator kotlin (jackson)',
      language: 'Kotlin',
      ...openapi,
      toolchain: ['java', 'mvn'],
    },
    generate: openapiGenerator(
      'kotlin',
      '--model-name-mappings System=PluralKitSystem --additional-properties serializationLibrary=jackson',
    ),
    compile:
      'cp $SOURCES/programs/kotlin/pom.xml . && cp $SOURCES/programs/kotlin/OpenapiGenerator.kt src/main/kotlin/ && mvn -q -B compile',
    run: 'mvn -q -B org.codehaus.mojo:exec-maven-plugin:3.5.0:java -Dexec.mainClass=OpenapiGeneratorKt',
    note: '`--model-name-mappings System=PluralKitSystem`, since `System` hides `java.lang.System`.',
    expected: works,
    fault:
      "the tool's: `{type: integer, enum: [20002]}` is read as a position, so that models of errors can't be read",
  },
  {
    ...{ name: 'openapi-generator ruby', language: 'Ruby', ...openapi, toolchain: ['java', 'ruby'] },
    generate: openapiGenerator('ruby'),
    compile: 'find lib -name "*.rb" | xargs -n 100 ruby -c > /dev/null',
    run: 'ruby -Ilib $SOURCES/programs/ruby/openapi_generator.rb',
    note: '`config.define_singleton_method(:auth_settings) { super().slice("LegacyToken") }`, since both schemes write one header.',
    expected: works,
    fault: "the tool's: of two security schemes that write `Authorization`, the last always wins",
  },
  {
    ...{ name: 'openapi-generator php', language: 'PHP', ...openapi, toolchain: ['java', 'php'] },
    generate: openapiGenerator('php'),
    compile: 'find lib -name "*.php" | xargs -n 1 php -l > /dev/null',
    note: 'Its HTTP library comes from a registry that the tests do not reach: syntax alone is checked.',
    expected: compiled,
  },
  {
    ...{ name: 'openapi-generator csharp', language: 'C#', ...openapi, toolchain: ['java'] },
    generate: openapiGenerator('csharp'),
    note: 'Not compiled: no .NET SDK comes from the registries that the tests reach.',
    expected: generated,
  },
  {
    ...{ name: 'openapi-generator dart', language: 'Dart', ...openapi, toolchain: ['java'] },
    generate: openapiGenerator('dart'),
    note: '**Do not use its PATCH bodies**: they write `null` for every field that is not set, which clears the member. Not compiled here.',
    expected: generated,
    fault: "the tool's: optional nullable fields are always written",
  },
  {
    ...{ name: 'openapi-generator swift6', language: 'Swift', ...openapi, toolchain: ['java'] },
    generate: openapiGenerator('swift6'),
    note: 'Not compiled: no Swift comes from the registries that the tests reach.',
    expected: generated,
  },
  {
    ...{ name: 'openapi-generator typescript-fetch', language: 'TypeScript', ...openapi },
    needs: ['openapi-generator', 'typescript'],
    toolchain: ['java'],
    generate: openapiGenerator(
      'typescript-fetch',
      `${withoutWebhooks} --additional-properties withoutRuntimeChecks=true,modelPropertyNaming=original`,
    ),
    ...typescriptProgram('openapi_generator', linked),
    note: `${needsWithoutWebhooks} \`withoutRuntimeChecks=true,modelPropertyNaming=original\`: models are types alone. \`Error\` is named \`ModelError\`.`,
    expected: works,
    fault:
      "the tool's: a webhook's request body has no type (`webhooks: {x: {post: {requestBody: …}}}`), and a `oneOf` in a discriminated `oneOf` is imported by a name that it does not export",
  },
  {
    ...{ name: 'hey-api', version: '0.99.0', ...typescript },
    generate: `${linked} && openapi-ts -i $DOCUMENT -o . -c @hey-api/client-fetch`,
    ...typescriptProgram('hey_api'),
    note: '`-c @hey-api/client-fetch`.',
    expected: works,
  },
  {
    ...{ name: 'orval', version: '8.38.0', ...typescript },
    generate: `${linked} && echo "export default { pluralkit: { input: '$DOCUMENT', output: { target: 'client.ts', client: 'fetch', baseUrl: '$PLURALKIT_URL' } } };" > orval.config.mjs && orval --config orval.config.mjs`,
    ...typescriptProgram('orval'),
    note: "`client: 'fetch'`.",
    expected: works,
  },
  {
    ...{ name: 'Kubb', version: '4.39.3', ...typescript },
    generate: `${linked} && cp $SOURCES/programs/typescript/kubb.config.mjs . && kubb generate --config kubb.config.mjs`,
    ...typescriptProgram('kubb'),
    note: '`pluginTs()` and `pluginClient({ client: "fetch" })`. Set `Content-Type` yourself. An error is returned as if it were a result: look for `code`.',
    expected: works,
  },
  {
    ...{ name: 'swagger-typescript-api', version: '13.13.0', ...typescript },
    generate: `${linked} && swagger-typescript-api generate -p $DOCUMENT -o . -n api.ts`,
    ...typescriptProgram('swagger_typescript_api'),
    note: 'Pass `{ format: "json" }` to calls: it reads no body otherwise. Errors are thrown as responses.',
    expected: works,
  },
  {
    ...{ name: 'typed-openapi', version: '2.2.7', ...typescript },
    generate: `${linked} && typed-openapi $DOCUMENT -o client.ts`,
    ...typescriptProgram('typed_openapi'),
    note: 'Give it a function that sends requests, with the method in capitals.',
    expected: works,
  },
  {
    ...{
      name: 'openapi-zod-client',
      version: '1.18.3',
      language: 'TypeScript',
      needs: ['zod'],
      toolchain: [],
    },
    generate:
      'ln -s $CACHE/zod/node_modules . && node_modules/.bin/openapi-zod-client $DOCUMENT -o client.ts',
    ...typescriptProgram('openapi_zod_client'),
    note: 'zod 3, and `@zodios/core`, which is no longer maintained.',
    expected: works,
    fault: "the tool's: `additionalProperties` becomes `z.record(…)` with one argument, which zod 4 rejects",
  },
];
