import { element } from './element.ts';

/** A body in readable form: JSON is indented and coloured; other texts are unchanged. */
export function bodyView(text: string, label: string): HTMLElement {
  const content = isJson(text) ? indented(text) : [text];
  // It scrolls, so it must be reachable by keyboard.
  return element('pre', { class: 'code', tabindex: 0, role: 'region', 'aria-label': label }, ...content);
}

/** Beyond this, indenting costs more than it helps. */
const longestIndented = 200_000;
const deepestIndent = 30;

function isJson(text: string): boolean {
  if (text.length > longestIndented) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Works on the text, so that numbers and repeated keys are shown unchanged. */
function indented(json: string): (Node | string)[] {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let depth = 0;
  const line = () => `\n${'  '.repeat(Math.min(depth, deepestIndent))}`;
  return tokens.map((token, index) => {
    const opened = isBracket(tokens[index - 1], '{[');
    if (isBracket(token, '{[')) {
      depth += 1;
      return isBracket(tokens[index + 1], '}]') ? token : `${token}${line()}`;
    }
    if (isBracket(token, '}]')) {
      depth -= 1;
      return opened ? token : `${line()}${token}`;
    }
    if (token === ',') return `,${line()}`;
    if (token === ':') return ': ';
    return element('span', { class: `json-${kindOf(token, tokens[index + 1])}` }, token);
  });
}

function isBracket(token: string | undefined, brackets: string): boolean {
  return token !== undefined && token.length === 1 && brackets.includes(token);
}

function kindOf(token: string, next: string | undefined): string {
  if (token.startsWith('"')) return next === ':' ? 'key' : 'string';
  return /^[tfn]/.test(token) ? 'word' : 'number';
}
