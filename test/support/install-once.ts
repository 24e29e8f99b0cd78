import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Installs something into a folder, once. What was interrupted, or was installed in another way than today's, is removed and
 * installed anew: a file that is written last names the recipe.
 *
 * @param recipe - what is installed and how, so that it changes with each version
 * @param install - makes the folder; where it throws, the folder counts as not installed
 */
export async function installOnce(
  directory: string,
  recipe: string,
  install: () => Promise<void>,
): Promise<void> {
  const stamp = join(directory, '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === recipe) return;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(dirname(directory), { recursive: true });
  await install();
  writeFileSync(stamp, recipe);
}
