import { generated, type LanguageTool, works } from '../tool.ts';
import {
  generateWith,
  openapiGenerator,
  openapiGeneratorWarnings,
  switchIsReserved,
} from './openapi-generator.ts';

export const otherTools: readonly LanguageTool[] = [
  {
    ...{ name: 'openapi-generator ruby', language: 'Ruby', ...openapiGenerator, toolchains: ['ruby'] },
    generate: generateWith('ruby'),
    warnings: openapiGeneratorWarnings,
    compile: 'find lib -name "*.rb" | xargs -n 100 ruby -c > /dev/null',
    program: 'ruby/openapi_generator.rb',
    run: 'ruby -Ilib $SOURCES/programs/ruby/openapi_generator.rb',
    note: 'Read an error\'s `code`: a model of several kinds of errors fails on new fields. `config.define_singleton_method(:auth_settings) { super().slice("LegacyToken") }`, since both schemes write one header.',
    expected: works,
    fault:
      "the tool's: of two security schemes that write `Authorization`, the last always wins, and `{oneOf: […A, …B]}` takes no object with other properties than theirs",
  },
  {
    ...{ name: 'openapi-generator php', language: 'PHP', ...openapiGenerator, toolchains: ['php'] },
    generate: generateWith('php'),
    warnings: [...openapiGeneratorWarnings, switchIsReserved],
    compile: 'find lib -name "*.php" | xargs -n 1 php -l > /dev/null',
    program: 'php/openapi_generator.php',
    run: 'php $SOURCES/programs/php/openapi_generator.php',
    note: 'A 204 is an `ApiException` with the code 204. An error that can be of several kinds may be an `InvalidArgumentException`.',
    expected: works,
    fault:
      "the tool's: a response without a body is parsed as JSON (`getFronters`, 204), and `{oneOf: […A, …B]}` becomes one class with the constants of the last",
  },
  {
    ...{ name: 'openapi-generator csharp', language: 'C#', ...openapiGenerator, toolchains: [] },
    generate: generateWith('csharp'),
    warnings: [
      ...openapiGeneratorWarnings,
      {
        text: 'TimeZone (reserved word) cannot be used as model name',
        input: '`components: {schemas: {TimeZone: …}}`, a name of C#',
      },
    ],
    note: '',
    untried: 'No .NET SDK comes from the registries that the tests reach.',
    expected: generated,
  },
  {
    ...{ name: 'openapi-generator dart', language: 'Dart', ...openapiGenerator, toolchains: [] },
    generate: generateWith('dart'),
    warnings: [...openapiGeneratorWarnings, switchIsReserved],
    note: '**Do not use its PATCH bodies**: they write `null` for every field that is not set, which clears the member. `dart-dio` does not.',
    untried: 'No Dart comes from the registries that the tests reach.',
    expected: generated,
    fault:
      "the tool's: optional fields that may be null are always written (`{type: object, properties: {a: {type: [string, 'null']}}}`)",
  },
  {
    ...{ name: 'openapi-generator dart-dio', language: 'Dart', ...openapiGenerator, toolchains: [] },
    generate: generateWith('dart-dio'),
    warnings: [...openapiGeneratorWarnings, switchIsReserved],
    note: "It can't send null: an empty text clears a field.",
    untried: 'No Dart comes from the registries that the tests reach.',
    expected: generated,
  },
  {
    ...{ name: 'openapi-generator swift6', language: 'Swift', ...openapiGenerator, toolchains: [] },
    generate: generateWith('swift6'),
    warnings: [
      ...openapiGeneratorWarnings,
      {
        text: 'Type (reserved word) cannot be used as model name',
        input: '`properties: {type: {type: string, const: PING}}`',
      },
    ],
    note: "It can't send null: an empty text clears a field.",
    untried: 'No Swift comes from the registries that the tests reach.',
    expected: generated,
  },
];
