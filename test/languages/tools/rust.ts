import { type LanguageTool, works } from '../tool.ts';
import { generateWith, openapiGenerator, openapiGeneratorWarnings } from './openapi-generator.ts';

const rust = { language: 'Rust', toolchains: ['rust'] } as const;

export const rustTools: readonly LanguageTool[] = [
  {
    ...{ name: 'openapi-generator rust', ...rust, ...openapiGenerator },
    generate: generateWith('rust'),
    warnings: [
      ...openapiGeneratorWarnings,
      {
        text: 'cannot be used as a',
        input:
          '`{type: integer, enum: [40006]}`, `properties: {type: …}`, `headers: {X-RateLimit-Limit: …}`: names that it writes otherwise in Rust',
      },
    ],
    compile:
      'mkdir -p program/src && cp $SOURCES/programs/rust/openapi_generator.rs program/src/main.rs && cp $SOURCES/packages/rust/Cargo.* program/ && (cd program && CARGO_TARGET_DIR=$CACHE/rust cargo build -q --locked)',
    program: 'rust/openapi_generator.rs',
    run: '(cd program && CARGO_TARGET_DIR=$CACHE/rust cargo run -q --locked)',
    note: 'A 204 is `Err(Error::Serde)`.',
    expected: works,
    fault: "the tool's: a response without a body is parsed as JSON (`getFronters`, 204)",
  },
  {
    ...{ name: 'progenitor', version: '0.15.1', ...rust, needs: ['progenitor'] },
    generate:
      '$CACHE/progenitor/bin/cargo-progenitor progenitor -i $DOCUMENT_30 -o client -n pluralkit -v 0.1.0 --license-name MIT',
    note: 'It reads OpenAPI 3.0 alone.',
    expected: { generates: false, compiles: null, runs: null },
    failure: 'assertion failed: response_types.len() <= 1',
    fault:
      "the tool's: an operation may have one schema for all its errors (`responses: {400: {…A}, 404: {…B}}` ends it)",
  },
];
