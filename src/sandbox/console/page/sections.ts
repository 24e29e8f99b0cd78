import { didYouMean } from '../../../models/nearest.ts';
import type { Section } from './app.ts';
import { element } from './element.ts';

export interface Sections {
  /** The one that is open. */
  readonly current: Section;
  /**
   * Called when one is opened.
   *
   * @param problem - what of the address is not known; empty where all is
   */
  onOpen: (problem: string) => void;
  /** Opens the one that the address names, or else the first. */
  open(): void;
}

/** Shows one section at a time: the one that the address names after `#/`. */
export function createSections(
  main: HTMLElement,
  navigation: HTMLElement,
  sections: readonly [Section, ...Section[]],
): Sections {
  const views = sections.map((section) => {
    const titleId = `title-${section.name}`;
    const title = element('h2', { id: titleId, tabindex: -1 }, section.title);
    const view = element('section', { 'aria-labelledby': titleId, hidden: true }, title, section.content);
    const link = element('a', { href: `#/${section.name}` }, section.title);
    return { section, title, view, link };
  });
  navigation.replaceChildren(...views.map(({ link }) => element('li', {}, link)));
  main.replaceChildren(...views.map(({ view }) => view));

  let current = sections[0];
  const openNamed = (moveFocus: boolean) => {
    const [name = '', ...parts] = location.hash.replace(/^#\/?/, '').split('/').map(decode);
    const named = views.find(({ section }) => section.name === name);
    const opened = named ?? views[0];
    for (const view of views) {
      view.view.hidden = view !== opened;
      if (view === opened) view.link.setAttribute('aria-current', 'page');
      else view.link.removeAttribute('aria-current');
    }
    if (opened === undefined) return;
    current = opened.section;
    document.title = `${current.title} · PluralKit sandbox`;
    const names = sections.map((section) => section.name);
    const unknown =
      named || name === '' ? undefined : `There is no section “${name}”${didYouMean(name, names)}`;
    const problem = current.show?.(named ? parts : []);
    if (moveFocus) opened.title.focus();
    all.onOpen(unknown ?? problem ?? '');
  };
  // The address after # is the section's; a jump to #main is not one.
  window.addEventListener('hashchange', () => {
    if (location.hash.startsWith('#/')) openNamed(true);
  });
  const all: Sections = {
    get current() {
      return current;
    },
    onOpen: () => {},
    open: () => openNamed(false),
  };
  return all;
}

/** What is no encoded text stays as it is, so that a mistyped address opens all the same. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
