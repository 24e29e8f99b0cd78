import { element } from './element.ts';

/** The document's Markdown as elements: paragraphs, lists, bold, code and links. */
export function prose(markdown: string): HTMLElement[] {
  return markdown
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      const items = block.split(/^- /m);
      if (items[0] !== '') return element('p', {}, ...inline(block));
      return element('ul', {}, ...items.slice(1).map((item) => element('li', {}, ...inline(item))));
    });
}

/** One paragraph's content. */
export function inline(markdown: string): (Node | string)[] {
  return markdown.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^[\]]+\]\([^()]+\))/).map((part) => {
    if (part.startsWith('`')) return element('code', {}, part.slice(1, -1));
    if (part.startsWith('**')) return element('strong', {}, ...inline(part.slice(2, -2)));
    const link = /^\[([^\]]+)\]\((https:[^)]+)\)$/.exec(part);
    if (link === null) return part;
    return element('a', { href: link[2], target: '_blank', rel: 'noreferrer' }, link[1]);
  });
}
