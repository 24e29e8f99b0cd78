import { join } from 'node:path';
import ts from 'typescript';
import { projectDirectory } from '../../scripts/lib/program.ts';

const file = join(projectDirectory, 'user.ts');
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  strict: true,
  noEmit: true,
};

/** What one program has read, the next need not read again. */
const registry = ts.createDocumentRegistry();
let programs = 0;

/** What an editor shows of a program that uses the built package. */
export interface Editor {
  /** The hover text at each `/*n*\/` mark of the program, right before a name. */
  hovers(): string[];
  errors(): string[];
}

/**
 * Opens a program that imports `pluralkit-openapi`, which is the built package here, as `exports` in its package.json says.
 *
 * @param source - with `/**\/` before each name to hover over
 */
export function openInEditor(source: string): Editor {
  const version = String(programs++);
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? version : ''),
    getScriptSnapshot: (name) => {
      const text = name === file ? source : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => projectDirectory,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
  const service = ts.createLanguageService(host, registry);
  return {
    hovers: () =>
      [...source.matchAll(/\/\*\*\//g)].map(({ index }) => {
        const info = service.getQuickInfoAtPosition(file, index + 4);
        if (!info) throw new Error(`There is nothing to show at ${source.slice(index, index + 40)}`);
        const tags = (info.tags ?? []).map(
          ({ name, text }) => `@${name} ${ts.displayPartsToString(text ?? [])}`,
        );
        const parts = [info.displayParts, info.documentation].map((part) => ts.displayPartsToString(part));
        return [...parts, ...tags].join('\n');
      }),
    errors: () =>
      [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)].map(
        ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
      ),
  };
}
