/**
 * Comments as editors show them. openapi-typescript writes descriptions as tags, `@description`, and puts a short comment on
 * one line, which the bundler moves behind the property before it.
 */

/** Tags that say what the type says already. */
const redundant = ['constant', 'enum'];
const kept = ['deprecated', 'default', 'example'];
const addedNote = ' (enum property replaced by openapi-typescript)';

/** The source with each of its comments rewritten, at the same depth. */
export function rewriteDocComments(source: string): string {
  return source.replace(/^( *)(\/\*\*[\s\S]*?\*\/)\n/gm, (_, indent: string, text: string) =>
    docComment(text, indent),
  );
}

/**
 * A comment whose text is the description, before its tags, with a line of its own for each line of text.
 *
 * @param text - with its delimiters
 * @returns nothing where only redundant tags stand in the comment
 * @throws Error where a tag is unknown, as a line of text that begins with `@` would be lost
 */
export function docComment(text: string, indent = ''): string {
  const lines = text
    .replace(/^\/\*\*\s*|\s*\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''));
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (line.startsWith('@')) blocks.push([]);
    blocks.at(-1)?.push(line);
  }
  const [lead = [], ...tagged] = blocks.map((block) => block.join('\n').replace(addedNote, '').trim());
  const main = [lead];
  const tags: string[] = [];
  for (const block of tagged) {
    const [, name = '', content = ''] = /^@(\w*)\s*([\s\S]*)$/.exec(block) ?? [];
    if (name === 'description') main.push(content.replace(/^ {4}/gm, ''));
    else if (kept.includes(name)) tags.push(block);
    else if (!redundant.includes(name)) throw new Error(`A comment has the unknown tag @${name}.`);
  }
  const paragraphs = [...main, tags.join('\n')].filter((paragraph) => paragraph !== '');
  if (paragraphs.length === 0) return '';
  const body = paragraphs.join('\n\n').replaceAll('\n', `\n${indent} * `).replace(/ +$/gm, '');
  return `${indent}/**\n${indent} * ${body}\n${indent} */\n`;
}
