/**
 * Holds prose to the vocabulary of CONTRIBUTING.md.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { TextlintKernel, type TextlintPluginCreator, type TextlintRuleReporter } from '@textlint/kernel';
import { sourcePlugin } from './source-plugin.ts';
import { readVocabulary, type Term } from './vocabulary.ts';

// An import of this CommonJS module differs between Node and the test runner.
const require = createRequire(import.meta.url);
const markdown: { default: TextlintPluginCreator } = require('@textlint/textlint-plugin-markdown');

const plugins = [
  { pluginId: 'markdown', plugin: markdown.default, options: { extensions: ['.md', '.mdx'] } },
  { pluginId: 'source', plugin: sourcePlugin },
];

/**
 * Lints files: Markdown, YAML, TypeScript and JavaScript.
 *
 * @param files - relative to the project
 * @returns one line for each fault: file, line, column, and what to write
 */
export async function lintProse(project: string, files: readonly string[]): Promise<string[]> {
  const kernel = new TextlintKernel();
  const rules = [{ ruleId: 'vocabulary', rule: vocabularyRule(readVocabulary(project)) }];
  const results = await Promise.all(
    files.map((filePath) => {
      const options = { filePath, ext: extname(filePath), plugins, rules };
      return kernel.lintText(readFileSync(join(project, filePath), 'utf8'), options);
    }),
  );
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ loc, message }) => `${filePath}:${loc.start.line}:${loc.start.column}: ${message}`),
  );
}

function vocabularyRule(terms: readonly Term[]): TextlintRuleReporter {
  return ({ Syntax, RuleError, report, locator }) => ({
    // Of source files alone: code within Markdown is not looked at.
    [Syntax.Code](node) {
      if (node.parent?.type !== Syntax.Document) return;
      for (const { write, avoid } of terms)
        if (wordsOf(node.value).search(avoid) >= 0)
          report(node, new RuleError(`“${node.value}”: write ${write}`));
    },
    [Syntax.Str](node) {
      const prose = withoutCode(node.value);
      for (const { write, avoid } of terms) {
        for (const { 0: word, index } of prose.matchAll(avoid)) {
          const padding = locator.range([index, index + word.length]);
          report(node, new RuleError(`“${word}”: write ${write}`, { padding }));
        }
      }
    },
  });
}

/** `isRateLimited`, as words. */
function wordsOf(name: string): string {
  return name.replaceAll('_', ' ').replaceAll(/([a-z\d])([A-Z])/g, '$1 $2');
}

/** Code within prose is blank, so that what follows keeps its place. */
function withoutCode(text: string): string {
  return text.replaceAll(/`[^`]*`/g, (code) => ' '.repeat(code.length));
}
