import { join } from 'node:path';
import { projectDirectory } from './program.ts';

/** Where the rendered docs are, unless said otherwise. */
export const docsDirectory: string = join(projectDirectory, '.cache/docs');
