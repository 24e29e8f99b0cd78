import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '../..');

test('the client compiles without the types of Node, as it runs wherever fetch does', () => {
  const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, project);
  const entries = ['src/index.ts', 'src/v1.ts'].map((file) => join(project, file));
  const program = ts.createProgram(entries, { ...options, types: [] });
  const complaints = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
  const files = program.getSourceFiles().map(({ fileName }) => fileName);
  expect(files.filter((file) => file.includes('@types/node'))).toEqual([]);
  expect(files.filter((file) => file.includes('/src/client/')).length).toBeGreaterThan(20);
  expect(complaints).toEqual([]);
});
