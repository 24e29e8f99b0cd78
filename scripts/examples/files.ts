/**
 * The examples of the documents, as files: taken from the recordings.
 */
import { join } from 'node:path';
import { stringify } from 'yaml';
import { contractOf } from '../../test/document/contract.ts';
import { loadExchanges } from '../../test/document/exchanges.ts';
import { type Document, versions } from '../lib/document.ts';
import { loadWorld, type Version } from '../lib/recordings.ts';
import { type OperationExamples, operationExamples } from './operation-examples.ts';
import { viewerIn } from './viewer.ts';
import { webhookExamples } from './webhook-examples.ts';

/** The folders that hold only files of examples. */
export function exampleDirectories(project: string): string[] {
  return versions.map((version) => join(project, 'spec', version, 'examples'));
}

/**
 * The content of every file of examples by its path: those of requests, responses and webhook events, one file an operation. The
 * same recordings and documents always give the same files.
 */
export function exampleFiles(
  project: string,
  documents: Readonly<Record<Version, Document>>,
): Map<string, string> {
  return new Map(versions.flatMap((version) => versionFiles(project, version, documents[version])));
}

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
  return `# Taken from test/recordings by \`npm run generate\`. Do not edit.\n${stringify(examples, { lineWidth: 0 })}`;
}
