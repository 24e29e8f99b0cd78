import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installOnce } from '../support/install-once.ts';
import { cache, runScript, type StepResult } from './shell.ts';
import type { LanguageTool } from './tool.ts';
import type { ToolchainName } from './toolchains.ts';

/** What is installed for tools, each into a folder of its own in `$CACHE`. */
interface Installation {
  readonly script: string;
  /** What installs it. */
  readonly toolchains: readonly ToolchainName[];
}

/** Installs the packages of a folder in `packages`, as its lockfile says. */
function npmPackages(name: string): Installation {
  const script = `cp -r $SOURCES/packages/${name} $CACHE/ && npm ci --prefix $CACHE/${name} --ignore-scripts --no-audit --no-fund`;
  return { script, toolchains: [] };
}

export const installations = {
  'openapi-generator': {
    script:
      'mvn -q dependency:copy -Dartifact=org.openapitools:openapi-generator-cli:7.17.0 -DoutputDirectory=$CACHE/openapi-generator -Dmdep.useBaseVersion=true',
    toolchains: ['java', 'maven'],
  },
  python: {
    script:
      'python3 -m venv $CACHE/python && $CACHE/python/bin/pip -q install -r $SOURCES/packages/python/requirements.txt',
    toolchains: ['python'],
  },
  'oapi-codegen': {
    script:
      'GOBIN=$CACHE/oapi-codegen go install github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2',
    toolchains: ['go'],
  },
  ogen: {
    script: 'GOBIN=$CACHE/ogen go install github.com/ogen-go/ogen/cmd/ogen@v1.24.0',
    toolchains: ['go'],
  },
  progenitor: {
    script: 'cargo install -q --locked --debug --root $CACHE/progenitor cargo-progenitor@0.15.1',
    toolchains: ['rust'],
  },
  typescript: npmPackages('typescript'),
  zod: npmPackages('zod'),
} as const satisfies Record<string, Installation>;

export type InstallationName = keyof typeof installations;

/** What the machine must have for a tool, for what is installed for it too. */
export function toolchainsOf(tool: LanguageTool): readonly ToolchainName[] {
  const ofNeeds = tool.needs.flatMap((need) => [...installations[need].toolchains]);
  return [...new Set([...ofNeeds, ...tool.toolchains])];
}

const installed = new Map<InstallationName, Promise<StepResult | undefined>>();

/**
 * Installs it where that has not been done, once for all tools that need it.
 *
 * @returns how long it took; undefined where it was there, or another tool has asked for it
 * @throws Error with what was printed where it can't be installed
 */
export async function install(name: InstallationName): Promise<StepResult | undefined> {
  const running = installed.get(name);
  if (running) {
    await running;
    return undefined;
  }
  const installing = installNow(name);
  installed.set(name, installing);
  return installing;
}

async function installNow(name: InstallationName): Promise<StepResult | undefined> {
  const { script } = installations[name];
  let result: StepResult | undefined;
  await installOnce(join(cache, name), `${script}\n${packagesOf(name)}`, async () => {
    result = await runScript(cache, script);
    if (!result.passed) throw new Error(`${name} can't be installed:\n${result.output}`);
  });
  return result;
}

/** The files that list its packages, where there are any. */
function packagesOf(name: InstallationName): string {
  const folder = join(import.meta.dirname, 'packages', name);
  if (!installations[name].script.includes(`packages/${name}`)) return '';
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}
