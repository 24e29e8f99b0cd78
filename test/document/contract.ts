/**
 * What a document says about each of its operations, with its schemas ready to validate.
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { type Document, generatedDocument, resolveReference } from '../../scripts/lib/document.ts';
import { type Matcher, matcherOf, operationsOf } from '../../scripts/lib/matcher.ts';
import { isObject, type Version } from '../../scripts/lib/recordings.ts';
import {
  closeSchema,
  definitionsId,
  definitionsOf,
  isSchema,
  openSchema,
  type Schema,
  type Schemas,
} from '../../src/verify/close.ts';

/** Why a value is not valid; empty when it is. */
type Check = (value: unknown) => readonly ErrorObject[];

export interface Body {
  /** As the document has it. */
  readonly schema: Schema;
  /** By name. */
  readonly examples: ReadonlyMap<string, unknown>;
  /** Takes what the published schema takes. */
  readonly checkOpen: Check;
  /** Takes no key that the schema does not name. */
  readonly checkClosed: Check;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Schema;
  /** The first one. */
  readonly example: unknown;
  readonly deprecated: boolean;
  readonly check: Check;
}

export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** The operation object. */
  readonly definition: Readonly<Document>;
  readonly parameters: readonly Parameter[];
  /** Bodies that may be sent, by media type. */
  readonly requestBodies: ReadonlyMap<string, Body>;
  /** Bodies of the response, by status and media type; no media type where the response has no body. */
  readonly responses: ReadonlyMap<number, ReadonlyMap<string, Body>>;
}

export interface Contract {
  readonly version: Version;
  readonly document: Document;
  readonly match: Matcher;
  readonly operations: ReadonlyMap<string, Operation>;
}

export function loadContract(version: Version): Contract {
  return contractOf(version, generatedDocument(version));
}

/**
 * @param document - a bundled document: every `$ref` is local
 * @throws Error when a schema is no strict JSON Schema, on first use of that schema
 */
export function contractOf(version: Version, document: Document): Contract {
  const compile = compilerFor(document);
  const bodiesOf = (content: unknown): Map<string, Body> =>
    new Map(
      entriesOf(content).map(([mediaType, value]) => {
        const { schema, examples } = resolveReference(document, value);
        if (!isSchema(schema)) throw new TypeError(`${mediaType} has no schema`);
        const body: Body = {
          schema,
          examples: new Map(
            entriesOf(examples).map(([name, example]) => [name, resolveReference(document, example).value]),
          ),
          checkOpen: compile(openSchema(schema)),
          checkClosed: compile(closeSchema(schema)),
        };
        return [mediaType, body];
      }),
    );

  const operations = operationsOf(document).map(({ operationId, method, path, definition, parameters }) => ({
    operationId,
    method,
    path,
    definition,
    parameters: parameters.map((value) => {
      const parameter = resolveReference(document, value);
      const { schema } = parameter;
      if (!isSchema(schema)) throw new TypeError(`A parameter of ${operationId} has no schema`);
      return {
        name: String(parameter.name),
        in: String(parameter.in),
        required: parameter.required === true,
        schema,
        example: exampleOf(parameter),
        deprecated: parameter.deprecated === true,
        check: compile(openSchema(schema)),
      };
    }),
    requestBodies: bodiesOf(resolveReference(document, definition.requestBody).content),
    responses: new Map(
      entriesOf(definition.responses).map(([status, response]) => [
        Number(status),
        bodiesOf(resolveReference(document, response).content),
      ]),
    ),
  }));
  return {
    version,
    document,
    match: matcherOf(document),
    operations: new Map(operations.map((operation) => [operation.operationId, operation])),
  };
}

/** The media type of a Content-Type, without its parameters. */
export function mediaTypeOf(contentType: string): string {
  return contentType.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** One line for each error: `/privacy/visibility must be string`. */
export function describeErrors(errors: readonly ErrorObject[]): string[] {
  return [
    ...new Set(
      errors.map(({ instancePath, message, params }) => {
        const key = params.additionalProperty ?? params.unevaluatedProperty;
        const detail = key ? `: ${key}` : '';
        return `${instancePath || '/'} ${message}${detail}`;
      }),
    ),
  ];
}

/**
 * Strict, but for one thing: the branch of a composition may omit the type, or name as required the key, that
 * another branch gives.
 */
function compilerFor(document: Document): (schema: Schema) => Check {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: definitionsId, $defs: definitionsOf(schemasOf(document)) });
  return (schema) => {
    let validate: ValidateFunction | undefined;
    return (value) => {
      validate ??= ajv.compile(schema);
      return validate(value) ? [] : (validate.errors ?? []);
    };
  };
}

export function schemasOf(document: Document): Schemas {
  const { schemas } = resolveReference(document, document.components);
  return Object.fromEntries(
    entriesOf(schemas).filter((entry): entry is [string, Schema] => isSchema(entry[1])),
  );
}

function exampleOf({ example, examples, schema }: Readonly<Document>): unknown {
  const [named] = Object.values(isObject(examples) ? examples : {});
  if (example !== undefined) return example;
  if (isObject(named)) return named.value;
  const of = isObject(schema) ? schema : {};
  return of.example ?? (Array.isArray(of.examples) ? of.examples[0] : undefined);
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
