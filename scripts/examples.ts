/**
 * Takes the document's examples from the recordings: see `--help`.
 */
import { join } from 'node:path';
import { stringify } from 'yaml';
import { contractOf } from '../test/document/contract.ts';
import { loadExchanges } from '../test/document/exchanges.ts';
import { type OperationExamples, operationExamples } from './examples/operation-examples.ts';
import { viewerIn } from './examples/viewer.ts';
import { webhookExamples } from './examples/webhook-examples.ts';
import { bundleDocuments, type Document, versions } from './lib/document.ts';
import { refuseStale, replaceFiles, staleFiles } from './lib/files.ts';
import { projectDirectory, runProgram } from './lib/program.ts';
import { loadWorld, type Version } from './lib/recordings.ts';

const help = `
Takes examples of requests, responses and webhook events from test/recordings into spec/v2/examples and spec/v1/examples,
one file an operation. The same recordings and document always give the same files.

Usage: npm run examples [-- options]

  --check          write nothing; fail where a file is not what the recordings give
  --project <dir>  the folder that holds redocly.yaml and spec (default: this repository)
  --help           show this
`;

await runProgram(
  { help, options: { check: { type: 'boolean' }, project: { type: 'string' } } },
  async ({ check, project = projectDirectory }) => {
    const documents = await bundleDocuments(project);
    const directories = versions.map((version) => join(project, 'spec', version, 'examples'));
    const files = new Map(versions.flatMap((version) => versionFiles(project, version, documents[version])));
    const stale = staleFiles(directories, files);
    if (check) refuseStale(stale, project, 'npm run examples');
    replaceFiles(stale, files);
    const state = stale.length === 0 ? 'up to date' : `${stale.length} written`;
    process.stdout.write(`spec/*/examples: ${files.size} files, ${state}.\n`);
  },
);

function versionFiles(project: string, version: Version, document: Document): [string, string][] {
  const contract = contractOf(version, document);
  const viewerOf = viewerIn(loadWorld(version));
  const exchanges = loadExchanges(version).flatMap((exchange) => {
    const match = contract.match(exchange.request.method, exchange.request.path);
    if (!match) return [];
    const [reference] = Object.values(match.path);
    const viewer = viewerOf({ as: exchange.as, reference, body: exchange.response.body });
    return [{ ...exchange, viewer, operationId: match.operation.operationId }];
  });
  const operations = [...contract.operations.values()].map((operation): [string, OperationExamples] => [
    operation.operationId,
    operationExamples(
      document,
      operation,
      exchanges.filter(({ operationId }) => operationId === operation.operationId),
    ),
  ]);
  const webhooks = [...webhookExamples(exchanges)].map(([type, examples]): [string, OperationExamples] => [
    `webhooks/${type}`,
    examples,
  ]);
  const directory = join(project, 'spec', version, 'examples');
  return [...operations, ...webhooks]
    .filter(([, examples]) => Object.keys(examples).length > 0)
    .map(([name, examples]) => [join(directory, `${name}.yaml`), fileContent(examples)]);
}

function fileContent(examples: OperationExamples): string {
  return `# Taken from test/recordings by \`npm run examples\`. Do not edit.\n${stringify(examples, { lineWidth: 0 })}`;
}
