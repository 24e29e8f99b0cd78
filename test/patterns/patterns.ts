import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { spellings } from '../../src/client/redact.ts';
import { looseForms } from '../../src/sandbox/formats/loose-date-time.ts';

const root = join(import.meta.dirname, '../..');

/** Patterns that are made where they are used, by the file that does so. */
const composed = new Map([
  ['src/sandbox/formats/loose-date-time.ts', looseForms],
  ['src/verify/response.ts', documentPatterns()],
  // Of a number, in a table of the document.
  ['src/client/error-of.ts', [/ 20001([A-Za-z]+)/]],
  // Of a token.
  ['src/client/redact.ts', [new RegExp('ab'.replace(/./g, spellings), 'gi')]],
]);

/** The patterns of all schemas of the document. */
function documentPatterns(): RegExp[] {
  const patterns = new Set<string>();
  JSON.parse(readFileSync(join(root, 'generated/v2/openapi.json'), 'utf8'), (key, value: unknown) => {
    if (key === 'pattern' && typeof value === 'string') patterns.add(value);
    return value;
  });
  return [...patterns].map((pattern) => new RegExp(pattern, 'u'));
}

export interface SourcePattern {
  readonly file: string;
  readonly pattern: RegExp;
}

/** Every regular expression of the package. */
export function sourcePatterns(): SourcePattern[] {
  const files = globSync(['src/**/*.ts', 'generated/**/*.ts'], { cwd: root }).sort();
  return files.flatMap((file) => patternsOf(file).map((pattern) => ({ file, pattern })));
}

function patternsOf(file: string): RegExp[] {
  const source = readFileSync(join(root, file), 'utf8');
  const patterns: RegExp[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) patterns.push(readLiteral(node.text));
    if (isConstruction(node)) patterns.push(...composedIn(file));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
  return patterns;
}

function readLiteral(text: string): RegExp {
  const end = text.lastIndexOf('/');
  return new RegExp(text.slice(1, end), text.slice(end + 1));
}

function isConstruction(node: ts.Node): boolean {
  const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
  return isCall && ts.isIdentifier(node.expression) && node.expression.text === 'RegExp';
}

function composedIn(file: string): readonly RegExp[] {
  const patterns = composed.get(file);
  if (!patterns) throw new Error(`${file} makes a RegExp of parts: export it, and name it in composed`);
  return patterns;
}
