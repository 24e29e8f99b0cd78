/**
 * `npm start`: checks first that everything it needs is there, in JavaScript that any Node runs, since the rest is TypeScript.
 */
import { existsSync } from 'node:fs';

/** The first version of Node that runs TypeScript files as they are, without a flag. */
const typescriptSince = 24;

const tools = new URL('../node_modules/@redocly/cli/package.json', import.meta.url);
const major = Number(process.versions.node.split('.')[0]);

if (existsSync(tools) && major >= typescriptSince) {
  await import('./start-all.ts');
} else {
  process.stderr.write(
    `error \`npm start\` needs the development dependencies, which are missing here.
Run \`npm ci\`, without --omit=dev and with NODE_ENV unset. For the sandbox alone, no clone is needed: npx pluralkit-openapi sandbox
`,
  );
  process.exitCode = 1;
}
