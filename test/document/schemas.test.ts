import { describe, expect, test } from 'vitest';
import { type Document, generatedDocument } from '../../scripts/lib/document.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import { type Contract, contractOf, describeErrors, schemasOf } from './contract.ts';

describe.each(['v2', 'v1'] as const)('the schemas of %s', (version) => {
  const document = generatedDocument(version);
  const names = Object.keys(schemasOf(document));
  const contract = contractOfSchemas(version, document, names);

  test.each(names)(
    'include %s, which is strict JSON Schema, closed and open, and accepts its examples',
    (name) => {
      const body = contract.operations.get(name)?.responses.get(200)?.get('application/json');
      if (!body) throw new Error(`There is no ${name}`);
      const schema = schemasOf(document)[name];
      const { example, examples } = isObject(schema) ? schema : {};
      const values = [
        ...(example === undefined ? [] : [example]),
        ...(Array.isArray(examples) ? examples : []),
      ];
      // Anything compiles the schema
      body.checkOpen(null);
      body.checkClosed(null);
      expect(values.map((value) => describeErrors(body.checkClosed(value)))).toEqual(values.map(() => []));
    },
  );

  test.each(parametersOf(contractOf(version, document)))(
    'accept the example of the parameter %s',
    (_, parameter) => {
      // With a deprecated one the server responds 501.
      expect(parameter.example !== undefined).toBe(!parameter.deprecated);
      if (parameter.example === undefined) return;
      expect(describeErrors(parameter.check(parameter.example))).toEqual([]);
    },
  );
});

/** A document that returns each schema once, so that all are compiled, used or not. */
function contractOfSchemas(
  version: Contract['version'],
  document: Document,
  names: readonly string[],
): Contract {
  const paths = names.map((name) => {
    const schema = { $ref: `#/components/schemas/${name}` };
    const get = { operationId: name, responses: { 200: { content: { 'application/json': { schema } } } } };
    return [`/${name}`, { get }];
  });
  return contractOf(version, { components: document.components, paths: Object.fromEntries(paths) });
}

/** Each parameter once, by name. */
function parametersOf(contract: Contract) {
  const parameters = [...contract.operations.values()].flatMap((operation) => operation.parameters);
  return [...new Map(parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]))];
}
