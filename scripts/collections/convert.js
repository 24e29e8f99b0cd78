/**
 * Converts a document, read from standard input, into a Postman collection and a Bruno folder: `node convert.js <folder>`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiToBruno } from '@usebruno/converters';
import {
  stringifyCollection,
  stringifyEnvironment,
  stringifyFolder,
  stringifyRequest,
} from '@usebruno/filestore';
import { strToU8, zipSync } from 'fflate';
import postman from 'openapi-to-postmanv2';

const [, , output = '.'] = process.argv;
const document = JSON.parse(readFileSync(0, 'utf8'));
mkdirSync(output, { recursive: true });
writeFileSync(
  join(output, 'pluralkit.postman_collection.json'),
  JSON.stringify(await postmanCollection(document)),
);
writeFileSync(join(output, 'pluralkit-bruno.zip'), archiveOf(await brunoFiles(document)));

/** A collection in Postman's format 2.1. Optional parameters are disabled, and the token is a variable. */
async function postmanCollection(document) {
  const options = {
    folderStrategy: 'Tags',
    parametersResolution: 'Example',
    enableOptionalParameters: false,
    alwaysInheritAuthentication: true,
  };
  const data = structuredClone(document);
  const { result, reason, output } = await new Promise((resolve, reject) =>
    postman.convertV2({ type: 'json', data }, options, (error, conversion) =>
      error ? reject(error) : resolve(conversion),
    ),
  );
  if (!result) throw new Error(`The document can't be converted for Postman: ${reason}`);
  const { _postman_id, ...collection } = withoutIds(output[0].data);
  return { ...collection, variable: [...collection.variable, { key: 'apiKey', value: '' }] };
}

/** Ids are random, and Postman gives its own where there are none. */
function withoutIds(node) {
  if (Array.isArray(node)) return node.map(withoutIds);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => key !== 'id' && key !== '_postman_id');
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutIds(value)]));
}

/** The files of a Bruno collection by their path. */
async function brunoFiles(document) {
  const { name, root, items, environments } = await openApiToBruno(structuredClone(document));
  const settings = { version: '1', name, type: 'collection', ignore: [] };
  const format = { format: 'bru' };
  const files = {
    'bruno.json': `${JSON.stringify(settings, null, 2)}\n`,
    'collection.bru': stringifyCollection(root, settings, format),
  };
  for (const { name: server, variables } of environments) {
    const token = { name: 'apiKey', value: '', type: 'text', enabled: true, secret: true };
    // The part before the comma becomes the name of a file.
    files[`environments/${server.split(',')[0]}.bru`] = stringifyEnvironment(
      { name: server, variables: [...variables, token] },
      format,
    );
  }
  for (const folder of items) {
    files[`${folder.name}/folder.bru`] = stringifyFolder(folder.root, format);
    for (const { examples, ...item } of folder.items) {
      // The token is set once, for the whole collection. Examples of each response would make 40 kB a megabyte.
      const request = { ...item.request, headers: [], auth: { mode: 'inherit' } };
      files[`${folder.name}/${item.name}.bru`] = stringifyRequest({ ...item, request }, format);
    }
  }
  return files;
}

/** The archive of the same files is the same, byte for byte. */
function archiveOf(files) {
  const entries = Object.entries(files).map(([path, text]) => [`pluralkit/${path}`, strToU8(text)]);
  return zipSync(Object.fromEntries(entries), { mtime: new Date(1980, 0, 1, 12) });
}
