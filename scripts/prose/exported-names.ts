/**
 * The names that a file of TypeScript or JavaScript exports: of its declarations, and of their fields, methods and parameters.
 */
import ts from 'typescript';

export function exportedNames(source: ts.SourceFile): ts.Identifier[] {
  const names: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    // What happens within a function is its own.
    if (ts.isBlock(node)) return;
    if (ts.isIdentifier(node) && isDeclared(node)) names.push(node);
    ts.forEachChild(node, visit);
  };
  for (const statement of source.statements) if (isExported(statement)) visit(statement);
  return names;
}

function isExported(statement: ts.Statement): boolean {
  if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return true;
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Whether an identifier names what it stands in, and is not read there. */
function isDeclared(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  return 'name' in parent && parent.name === identifier && !ts.isPropertyAccessExpression(parent);
}
