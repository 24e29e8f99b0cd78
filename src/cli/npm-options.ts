import type { ParseArgsOptionsConfig } from 'node:util';

/** Options that npm has, too: it sets them for other reasons, such as an `.npmrc`. */
export const knownToNpm: readonly string[] = [
  'before',
  'dry-run',
  'json',
  'message',
  'only',
  'version',
  'yes',
];

/**
 * Says how to write options that npm has kept: it takes those that no `--` stands before for its own, and the script would run
 * without them.
 *
 * @param args - what the script was given
 * @param options - those that it takes
 * @returns nothing where npm has kept none, or no script of npm runs
 */
export function adviceOnKeptOptions(
  args: readonly string[],
  options: ParseArgsOptionsConfig,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const { npm_lifecycle_event: script = 'npx' } = environment;
  // `npx` passes all options on.
  if (script === 'npx') return undefined;
  const kept = Object.keys(options).filter(
    (name) =>
      !knownToNpm.includes(name) &&
      keptValue(name, environment) !== undefined &&
      !args.some((argument) => argument.split('=')[0] === `--${name}`),
  );
  if (kept.length === 0) return undefined;
  // Of `--port 4011`, npm 11 keeps the name, and passes the value on.
  const values = args.filter((argument) => !argument.startsWith('-'));
  const written = kept.map((name) => {
    if (options[name]?.type === 'boolean') return `--${name}`;
    const value = keptValue(name, environment);
    const text = value === 'true' ? values.shift() : value;
    return `--${name} ${/token/.test(name) ? '…' : (text ?? '…')}`;
  });
  const names = kept.map((name) => `--${name}`).join(', ');
  return `npm has kept ${names}: write npm run ${script} -- ${written.join(' ')}`;
}

function keptValue(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  return environment[`npm_config_${name.replaceAll('-', '_')}`];
}
