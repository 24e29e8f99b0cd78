import { compiled, type LanguageTool, works } from '../tool.ts';
import {
  generateWith,
  needsWithoutWebhooks,
  openapiGenerator,
  openapiGeneratorWarnings,
  withoutWebhooks,
} from './openapi-generator.ts';

const python = { language: 'Python', toolchains: [] } as const;

export const pythonTools: readonly LanguageTool[] = [
  {
    ...{ name: 'openapi-python-client', version: '0.29.1', ...python, needs: ['python'] },
    generate: 'openapi-python-client generate --path $DOCUMENT --output-path client --overwrite',
    compile: '(cd client && mypy --strict plural_kit_api_client)',
    program: 'python/openapi_python_client.py',
    run: 'PYTHONPATH=client python $SOURCES/programs/python/openapi_python_client.py',
    note: 'A legacy token wants `prefix=""`.',
    expected: works,
  },
  {
    ...{ name: 'datamodel-code-generator', version: '0.89.0', ...python, needs: ['python'] },
    generate:
      'datamodel-codegen --input $DOCUMENT --input-file-type openapi --output-model-type pydantic_v2.BaseModel --use-annotated --target-python-version 3.11 --output models.py',
    compile: 'mypy --strict models.py',
    note: '`--output-model-type pydantic_v2.BaseModel --use-annotated`.',
    untried: 'It makes models alone.',
    expected: compiled,
  },
  {
    ...{ name: 'openapi-generator python', ...python, ...openapiGenerator },
    needs: ['openapi-generator', 'python'],
    generate: generateWith('python', withoutWebhooks),
    warnings: openapiGeneratorWarnings,
    compile: 'python -m compileall -q openapi_client',
    program: 'python/openapi_generator.py',
    run: 'PYTHONPATH=. python $SOURCES/programs/python/openapi_generator.py',
    note: `${needsWithoutWebhooks} The token goes into \`api_key={"LegacyToken": token}\`.`,
    expected: works,
    fault: "the tool's: a webhook's request body has no type (`webhooks: {x: {post: {requestBody: …}}}`)",
  },
];
