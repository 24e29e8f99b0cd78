import openapiTypescript, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { withoutTitle } from '../bundle/schema-forms.ts';
import { mapValues, rewriteSchemas } from '../bundle/walk.ts';
import { withWholeObjects } from '../bundle/whole-objects.ts';
import { type Document, resolveReference } from '../lib/document.ts';
import { isObject } from '../lib/recordings.ts';
import { docComment, rewriteDocComments } from './doc-comments.ts';

/**
 * The types of a document: `paths`, `webhooks`, `components`, `operations`, and each schema by its name.
 *
 * The document is linted elsewhere; openapi-typescript's own engine is older, and checks only that it can read it.
 */
export async function typesSource(document: Document, header: string): Promise<string> {
  // Objects that are written whole become interfaces. A title says no more than the name.
  const whole = rewriteSchemas(withDescribedProperties(withWholeObjects(document)), withoutTitle);
  const nodes = await openapiTypescript(JSON.stringify(whole), {
    silent: true,
    // A default says what the server fills in where a key is missing; it makes no key one that must be sent.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  });
  const source = withNamedSchemas(rewriteDocComments(astToString(nodes)));
  return `// ${header.replaceAll('\n', '\n// ')}\n\n${source}`;
}

/** Each property with a description: its own, or that of the schema that it refers to. Editors show no more than its own. */
function withDescribedProperties(document: Document): Document {
  return rewriteSchemas(document, (schema) => {
    if (!isObject(schema.properties)) return schema;
    const properties = mapValues(schema.properties, (property) => {
      const { description } = resolveReference(document, property);
      return isObject(property) && description !== undefined ? { description, ...property } : property;
    });
    return { ...schema, properties };
  });
}

/**
 * Each schema as an interface, or as a type where it is no object, to which all references go by its name. An editor shows
 * `OwnMember`, where openapi-typescript would have it show `components["schemas"]["OwnMember"]`.
 */
function withNamedSchemas(source: string): string {
  const file = ts.createSourceFile('schema.ts', source, ts.ScriptTarget.Latest, true);
  const components = file.statements.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === 'components',
  );
  const schemas =
    components && ts.isInterfaceDeclaration(components)
      ? typeLiteral(components.members.find(({ name }) => name?.getText() === 'schemas'))
      : undefined;
  if (!schemas) throw new Error('openapi-typescript has written no schemas.');
  const properties = schemas.members.filter(ts.isPropertySignature);
  const names = properties.map(({ name }) => `        ${name.getText()}: ${name.getText()};\n`);
  const declarations = properties.map((property) => `${comment(property)}${declaration(property)}`);
  const text = `${source.slice(0, schemas.pos)} {\n${names.join('')}    }${source.slice(schemas.end)}\n${declarations.join('\n')}`;
  return text.replace(/components\["schemas"\]\["(\w+)"\]/g, '$1');
}

function typeLiteral(node: ts.Node | undefined): ts.TypeLiteralNode | undefined {
  return node && ts.isPropertySignature(node) && node.type && ts.isTypeLiteralNode(node.type)
    ? node.type
    : undefined;
}

function comment(property: ts.PropertySignature): string {
  const [doc] = ts.getJSDocCommentsAndTags(property);
  return doc ? docComment(doc.getText()) : '';
}

function declaration({ name, type }: ts.PropertySignature): string {
  if (!type) throw new Error(`The schema ${name.getText()} has no type.`);
  // As deep as it stood within `components` and `schemas`.
  const text = type.getText().replaceAll('\n        ', '\n');
  return ts.isTypeLiteralNode(type)
    ? `export interface ${name.getText()} ${text}\n`
    : `export type ${name.getText()} = ${text};\n`;
}
