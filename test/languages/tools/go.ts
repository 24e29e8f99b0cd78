import { type LanguageTool, works } from '../tool.ts';
import { generateWith, openapiGenerator, openapiGeneratorWarnings } from './openapi-generator.ts';

const go = { language: 'Go', toolchains: ['go'] } as const;

export const goTools: readonly LanguageTool[] = [
  {
    ...{ name: 'openapi-generator go', ...go, ...openapiGenerator },
    generate: generateWith('go', '--additional-properties disallowAdditionalPropertiesIfNotPresent=false'),
    warnings: [
      ...openapiGeneratorWarnings,
      {
        text: 'string (reserved word) cannot be used as model name',
        input: '`requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}`',
      },
    ],
    compile:
      'rm -rf test && mkdir -p cmd/program && cp $SOURCES/programs/go/openapi_generator.go cmd/program/main.go && go mod tidy && go vet ./...',
    program: 'go/openapi_generator.go',
    run: 'go run ./cmd/program',
    note: '`disallowAdditionalPropertiesIfNotPresent=false`: it fails on new fields otherwise, and PluralKit adds some at any time. The folder `test` that it makes does not compile: remove it.',
    expected: works,
    fault:
      "the tool's: without the option it takes an object of `{type: object, properties: {a: …}}` for one that has no other properties",
  },
  {
    ...{ name: 'oapi-codegen', version: '2.8.2', ...go, needs: ['oapi-codegen'] },
    generate:
      'mkdir client && $CACHE/oapi-codegen/oapi-codegen -generate types,client,skip-prune -package client -o client/client.go $DOCUMENT',
    compile:
      'mkdir -p cmd/program && cp $SOURCES/programs/go/oapi_codegen.go cmd/program/main.go && cp $SOURCES/packages/oapi-codegen/go.* . && go vet ./...',
    program: 'go/oapi_codegen.go',
    run: 'go run ./cmd/program',
    clears: '',
    note: "`-generate types,client,skip-prune`. It can't send null: an empty text clears a field.",
    expected: works,
  },
  {
    ...{ name: 'ogen', version: '1.24.0', ...go, needs: ['ogen'] },
    generate:
      'printf "generator:\\n  ignore_not_implemented: [all]\\n" > ogen.yml && $CACHE/ogen/ogen --config ogen.yml --target client --package client --clean $DOCUMENT_30',
    warnings: [
      {
        text: 'Header name is not canonical',
        input: '`headers: {X-RateLimit-Limit: …}`: any name with a capital letter within a word',
      },
      {
        text: 'Ensuring "status" matching HTTP status code will not be enforced',
        input: '`content: {application/problem+json: …}`',
      },
    ],
    compile:
      'mkdir -p cmd/program && cp $SOURCES/programs/go/ogen.go cmd/program/main.go && cp $SOURCES/packages/ogen/go.* . && go vet ./...',
    program: 'go/ogen.go',
    run: 'go run ./cmd/program',
    needsMessages: true,
    note: "OpenAPI 3.0 and `ignore_not_implemented: [all]`. It omits the 7 operations that take lists of references, `createSwitch` among them: their errors are told apart by an integer `code`, and its discriminators must be strings. The other errors are told apart by their messages: one with a new text can't be read.",
    expected: works,
    fault:
      "the tool's: `{type: [string, 'null'], const: null}` of OpenAPI 3.1 becomes `e.Str()` without its argument, which does not compile",
  },
];
