export type * from './export-file.ts';
export type { ExportedProxyTag } from './fields.ts';
export { ExportFileError, type FileNote } from './notes.ts';
export { parseJsonKeepingDigits } from './parse.ts';
export { isExportFile, type ReadExport, readExport, readExportFile } from './read.ts';
