/**
 * A plugin of textlint that finds the prose of source files: comments, texts and exported names of TypeScript and JavaScript,
 * and the values of YAML.
 */
import type { TextlintMessage, TextlintPluginCreator } from '@textlint/kernel';
import ts from 'typescript';
import { parseDocument, visit } from 'yaml';
import { exportedNames } from './exported-names.ts';

/** A name is code, all else is prose. */
type Range = readonly [start: number, end: number, type: 'Str' | 'Code'];

class SourceProcessor {
  availableExtensions(): string[] {
    return ['.ts', '.js', '.yaml'];
  }

  processor(extension: string) {
    const proseOf = extension === '.yaml' ? proseOfYaml : proseOfScript;
    return {
      preProcess: (text: string) => documentOf(text, proseOf(text)),
      postProcess: (messages: TextlintMessage[], filePath = '') => ({ messages, filePath }),
    };
  }
}

export const sourcePlugin: TextlintPluginCreator = { Processor: SourceProcessor };

/** Names and single words are code; prose has a space. */
function isProse(text: string): boolean {
  return /\S\s+\S/.test(text);
}

function proseOfScript(text: string): Range[] {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const ranges = new Map<number, Range>();
  const add = ({ pos, end }: ts.TextRange) => ranges.set(pos, [pos, end, 'Str']);
  const visitNode = (node: ts.Node): void => {
    for (const comment of ts.getLeadingCommentRanges(text, node.pos) ?? []) add(comment);
    for (const comment of ts.getTrailingCommentRanges(text, node.end) ?? []) add(comment);
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (isText && isProse(node.text)) add({ pos: node.getStart(source), end: node.end });
    for (const child of node.getChildren(source)) visitNode(child);
  };
  visitNode(source);
  for (const { end, text: name } of exportedNames(source)) {
    const start = end - name.length;
    ranges.set(start, [start, end, 'Code']);
  }
  return [...ranges.values()].sort(([one], [other]) => one - other);
}

function proseOfYaml(text: string): Range[] {
  const ranges: Range[] = [];
  visit(parseDocument(text), {
    Scalar(key, { value, range }) {
      if (key !== 'key' && range && typeof value === 'string' && isProse(value))
        ranges.push([range[0], range[1], 'Str']);
    },
  });
  return ranges;
}

function documentOf(text: string, ranges: readonly Range[]) {
  const lineStarts = ts.createSourceFile('', text, ts.ScriptTarget.Latest).getLineStarts();
  const positionOf = (offset: number) => {
    const line = lineStarts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) };
  };
  const nodeAt = (start: number, end: number) => ({
    raw: text.slice(start, end),
    range: [start, end] as const,
    loc: { start: positionOf(start), end: positionOf(end) },
  });
  const children = ranges.map(([start, end, type]) => {
    const node = nodeAt(start, end);
    return { ...node, type, value: node.raw };
  });
  return { ...nodeAt(0, text.length), type: 'Document' as const, children };
}
