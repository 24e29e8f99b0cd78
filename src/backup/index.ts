/**
 * Whole systems: exports in the form of PluralKit's own, and imports. Apart from the main entry, so that only its users
 * download it.
 */
export { type ExportFile, ExportFileError, readExportFile } from '../models/export/index.ts';
export { type ExportOptions, exportSystem, type PublicOnly } from './export-system.ts';
export { type FailedChange, ImportError, MissingScopeError, NotCreatedError } from './import-errors.ts';
export { type ImportOptions, type ImportResult, importSystem } from './import-system.ts';
export type { Change } from './plan.ts';
export type { Part, Progress } from './progress.ts';
