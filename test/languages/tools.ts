import type { LanguageTool } from './tool.ts';
import { goTools } from './tools/go.ts';
import { jvmTools } from './tools/jvm.ts';
import { otherTools } from './tools/others.ts';
import { pythonTools } from './tools/python.ts';
import { rustTools } from './tools/rust.ts';
import { typescriptTools } from './tools/typescript.ts';

/** In the order of the page. */
export const tools: readonly LanguageTool[] = [
  ...pythonTools,
  ...goTools,
  ...rustTools,
  ...jvmTools,
  ...otherTools,
  ...typescriptTools,
];
