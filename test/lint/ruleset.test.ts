import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { runTool } from '../../scripts/lib/tools.ts';

const ruleset = join(projectDirectory, '.spectral.yaml');
const functions: string[] = parse(readFileSync(ruleset, 'utf8')).functions;

/** Breaks each rule of the project's own at least once. */
const faulty = {
  openapi: '3.1.1',
  info: { title: 'Faulty', version: '1', description: 'No full stop' },
  servers: [{ url: 'https://example.com' }],
  paths: {
    '/x/{guild_id}': {
      get: {
        operationId: 'fetchX',
        security: [{}, { ApiKey: ['read:x'] }],
        parameters: [{ name: 'guild_id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: {
          200: {
            description: 'Fine.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/X' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      X: {
        type: 'object',
        additionalProperties: false,
        properties: { id: { type: ['string', 'null'] }, closed: false },
      },
    },
  },
};

test('the ruleset reports every fault, each by its rule', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  try {
    const file = join(directory, 'faulty.json');
    writeFileSync(file, JSON.stringify(faulty));
    const { output } = await runTool('spectral', ['lint', file, `--ruleset=${ruleset}`, '--format=json']);
    const found: { code: string }[] = JSON.parse(
      output.slice(output.indexOf('['), output.lastIndexOf(']') + 1),
    );
    expect([...new Set(found.map(({ code }) => code))]).toEqual(expect.arrayContaining(functions));
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('the ruleset uses every function of spec/lint, and each has its test', () => {
  const files = readdirSync(join(projectDirectory, 'spec/lint')).map((file) => file.replace(/\.js$/, ''));
  expect(files.filter((file) => file !== 'read').sort()).toEqual([...functions].sort());
  for (const name of functions) {
    expect(existsSync(join(import.meta.dirname, `${name}.test.ts`)), name).toBe(true);
  }
});
