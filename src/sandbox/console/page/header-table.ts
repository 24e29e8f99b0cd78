import { element } from './element.ts';

/** Headers with their values. */
export function headerTable(headers: readonly (readonly [string, string])[], caption: string): HTMLElement {
  return element(
    'table',
    { class: 'headers' },
    element('caption', {}, caption),
    element(
      'tbody',
      {},
      ...headers.map(([name, value]) =>
        element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, value)),
      ),
    ),
  );
}
