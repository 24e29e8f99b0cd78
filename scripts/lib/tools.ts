/**
 * The command-line tools of node_modules, run by this Node whatever the PATH holds.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { projectDirectory } from './program.ts';

const entryPoints = {
  astro: 'astro/bin/astro.mjs',
  redocly: '@redocly/cli/bin/cli.js',
  prism: '@stoplight/prism-cli/dist/index.js',
  spectral: '@stoplight/spectral-cli/dist/index.js',
} as const;

export type Tool = keyof typeof entryPoints;

export interface ToolResult {
  readonly status: number | null;
  /** What it wrote to its standard output and error, in the order of arrival, without colours. */
  readonly output: string;
}

const running = new AbortController();

/** Ends every running tool, and prevents further ones from starting. */
export function endTools(): void {
  running.abort();
}

/** @throws an `AbortError` once {@link endTools} was called: a tool that has ended since has not failed */
export function throwIfToolsEnded(): void {
  running.signal.throwIfAborted();
}

/** The file of a tool that Node runs. */
export function toolFile(tool: Tool): string {
  return join(projectDirectory, 'node_modules', entryPoints[tool]);
}

/** Starts a tool within the project's folder; the caller ends it, or else the end of this program does. */
export function startTool(tool: Tool, parameters: readonly string[]): ChildProcess {
  // Also at an end that nothing prepares, such as an exception.
  if (!process.listeners('exit').includes(endTools)) process.once('exit', endTools);
  const child = spawn(process.execPath, [toolFile(tool), ...parameters], {
    cwd: projectDirectory,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: running.signal,
    // Tools send no telemetry and do not check for updates.
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  // Ending it emits an error; callers learn of the end by its exit.
  child.on('error', () => {});
  return child;
}

/** Runs a tool to its end. */
export async function runTool(tool: Tool, parameters: readonly string[]): Promise<ToolResult> {
  const child = startTool(tool, parameters);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { status, output: stripVTControlCharacters(output) };
}
