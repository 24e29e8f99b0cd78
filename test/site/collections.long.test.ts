import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { generatedDocument } from '../../scripts/lib/document.ts';
import { matcherOf, operationsOf } from '../../scripts/lib/matcher.ts';
import { convertersDirectory, writeCollections } from '../../scripts/site/collections.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';

const document = generatedDocument('v2');
const match = matcherOf(document);
const sandbox = createSandbox();
const origin = 'http://sandbox.test';
const token = sandbox.tokens.harbor ?? '';
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  await writeCollections(document, folder);
  return () => rmSync(folder, { recursive: true, force: true });
}, 300_000);

/** What the apps send, once variables are in their place. */
interface CollectionRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string | undefined;
}

test('each request of the Postman collection has a 2xx response of its operation', async () => {
  await expectResponses(postmanRequests());
});

test('each request of the Bruno folder has a 2xx response of its operation', async () => {
  await expectResponses(brunoRequests());
});

test('the same document gives the same files', async () => {
  const again = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(again, { recursive: true, force: true }));
  await writeCollections(document, again);
  for (const name of ['pluralkit.postman_collection.json', 'pluralkit-bruno.zip']) {
    expect(readFileSync(join(again, name)).equals(readFileSync(join(folder, name))), name).toBe(true);
  }
}, 60_000);

async function expectResponses(requests: readonly CollectionRequest[]): Promise<void> {
  const reached: (string | undefined)[] = [];
  const failures: string[] = [];
  for (const { method, url, authorization, body } of requests) {
    sandbox.reset();
    reached.push(match(method, url.slice(origin.length))?.operation.operationId);
    const headers = { 'User-Agent': 'collections', ...(authorization && { Authorization: authorization }) };
    const response = await sandbox.fetch(
      new Request(url, {
        method,
        headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body }),
      }),
    );
    if (!response.ok) failures.push(`${method} ${url}: ${response.status} ${await response.text()}`);
  }
  expect(failures).toEqual([]);
  expect(reached.sort()).toEqual(
    operationsOf(document)
      .map(({ operationId }) => operationId)
      .sort(),
  );
}

const required = createRequire(join(convertersDirectory, 'package.json'));

/** The part of Postman's SDK that tells what is sent. */
interface PostmanSdk {
  readonly Collection: new (
    definition: object,
  ) => {
    forEachItem(
      callback: (item: {
        readonly request: {
          readonly method: string;
          readonly url: { toString(): string; getPathWithQuery(): string };
          readonly body?: { readonly raw?: string };
        };
        getAuth(): { readonly type: string; parameters(): { get(key: string): string } };
      }) => void,
    ): void;
  };
}

function postmanRequests(): CollectionRequest[] {
  const { Collection }: PostmanSdk = required('postman-collection');
  const requests: CollectionRequest[] = [];
  const definition = JSON.parse(readFileSync(join(folder, 'pluralkit.postman_collection.json'), 'utf8'));
  new Collection(definition).forEachItem((item) => {
    const { method, url, body } = item.request;
    const auth = item.getAuth().parameters();
    expect([auth.get('key'), auth.get('in'), auth.get('value')]).toEqual([
      'Authorization',
      'header',
      '{{apiKey}}',
    ]);
    expect(url.toString()).toMatch(/^\{\{baseUrl\}\}\//);
    requests.push({
      method,
      url: `${origin}${url.getPathWithQuery()}`,
      authorization: token,
      body: body?.raw,
    });
  });
  return requests;
}

interface BrunoItem {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly auth: { readonly mode: string };
    readonly params: readonly {
      readonly name: string;
      readonly value: string;
      readonly type: 'path' | 'query';
      readonly enabled: boolean;
    }[];
    readonly body: { readonly json?: string };
  };
}

function brunoRequests(): CollectionRequest[] {
  const { parseRequest }: { parseRequest: (text: string, options: { format: 'bru' }) => BrunoItem } =
    required('@usebruno/filestore');
  const { unzipSync }: { unzipSync: (bytes: Uint8Array) => Record<string, Uint8Array> } = required('fflate');
  const files = Object.entries(unzipSync(readFileSync(join(folder, 'pluralkit-bruno.zip'))));
  const texts = files.filter(
    ([path]) => path.endsWith('.bru') && !/\/(?:folder|collection)\.bru$|\/environments\//.test(path),
  );
  return texts.map(([, bytes]) => {
    const { request } = parseRequest(new TextDecoder().decode(bytes), { format: 'bru' });
    expect(request.auth.mode).toBe('inherit');
    const url = new URL(request.url.replace('{{baseUrl}}', origin));
    for (const { name, value, type, enabled } of request.params) {
      if (type === 'path') url.pathname = url.pathname.replace(`:${name}`, encodeURIComponent(value));
      else if (enabled) url.searchParams.set(name, value);
    }
    const { json } = request.body;
    return { method: request.method, url: url.href, authorization: token, body: json };
  });
}
