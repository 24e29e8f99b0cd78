import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'tsdown';
import { projectDirectory } from '../lib/program.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

/** The smallest import of each client that does something useful. */
const imports: Readonly<Record<string, string>> = {
  'openapi-fetch': `export { default } from '${resolve('openapi-fetch')}'`,
  'pluralkit-openapi { createClient }': `export { createClient } from '${projectDirectory}/src/index.ts'`,
  'pluralkit-openapi { PluralKit }': `export { PluralKit } from '${projectDirectory}/src/index.ts'`,
  'pkapi.js': `export { default } from '${resolve('pkapi.js')}'`,
  'pkapi-ts': `export { default } from '${resolve('pkapi-ts/Client')}'`,
};

/** Bytes by import, minified and gzipped, with all that comes along. */
export async function bundleSizes(): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const [name, source] of Object.entries(imports)) sizes.set(name, await bundleSize(source));
  return sizes;
}

async function bundleSize(source: string): Promise<number> {
  const directory = temporaryFolder();
  try {
    const entry = join(directory, 'entry.ts');
    const outDir = join(directory, 'out');
    writeFileSync(entry, source);
    await build({
      config: false,
      cwd: projectDirectory,
      entry,
      outDir,
      format: 'esm',
      platform: 'browser',
      minify: true,
      dts: false,
      noExternal: [/./],
      logLevel: 'silent',
    });
    const files = readdirSync(outDir).map((file) => readFileSync(join(outDir, file)));
    return gzipSync(Buffer.concat(files), { level: 9 }).length;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function resolve(module: string): string {
  return fileURLToPath(import.meta.resolve(module));
}
