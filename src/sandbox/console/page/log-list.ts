import { element } from './element.ts';

/** How many items are on the page; earlier ones are still counted and searched. */
const longestPage = 200;

export interface LogItem {
  /** Never given to another item. */
  readonly key: string;
  /** The text that filters search, in lower case. */
  readonly words: string;
  /** The visible line. */
  readonly summary: readonly (Node | string)[];
  /** Made when it is first opened. */
  detail(): readonly Node[];
}

/** A list of what has happened, newest first; each line opens for more, and stays open when others come. */
export class LogList {
  readonly content: HTMLElement;
  readonly #list: HTMLOListElement;
  readonly #empty: HTMLElement;
  readonly #nothingYet: string;
  readonly #shown = new Map<string, HTMLElement>();
  #items: readonly LogItem[] = [];
  #filter = '';

  /**
   * @param label - names the list
   * @param nothingYet - stands there while it is empty
   */
  constructor(label: string, nothingYet: string) {
    this.#list = element('ol', { class: 'log', 'aria-label': label });
    this.#nothingYet = nothingYet;
    this.#empty = element('p', { class: 'empty' }, nothingYet);
    this.content = element('div', {}, this.#empty, this.#list);
  }

  /** @param items - oldest first */
  show(items: readonly LogItem[]): void {
    this.#items = items;
    this.#render();
  }

  filter(text: string): void {
    this.#filter = text.trim().toLowerCase();
    this.#render();
  }

  #render(): void {
    const found = this.#items.filter(({ words }) => words.includes(this.#filter));
    const visible = found.slice(-longestPage).reverse();
    const keys = new Set(visible.map(({ key }) => key));
    for (const [key, row] of this.#shown) {
      if (keys.has(key)) continue;
      row.remove();
      this.#shown.delete(key);
    }
    let previous: HTMLElement | undefined;
    for (const item of visible) {
      const row = this.#shown.get(item.key) ?? makeRow(item);
      this.#shown.set(item.key, row);
      // An item in its place is not moved, as it may have the focus.
      const place: Element | null =
        previous === undefined ? this.#list.firstElementChild : previous.nextElementSibling;
      if (place !== row) this.#list.insertBefore(row, place);
      previous = row;
    }
    this.#empty.hidden = found.length > 0;
    this.#empty.textContent = this.#items.length === 0 ? this.#nothingYet : 'Nothing fits the filter.';
  }
}

function makeRow({ summary, detail }: LogItem): HTMLElement {
  const details = element('details', {}, element('summary', {}, ...summary));
  details.addEventListener('toggle', () => details.append(element('div', { class: 'detail' }, ...detail())), {
    once: true,
  });
  return element('li', {}, details);
}
