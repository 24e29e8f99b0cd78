import { type Child, element, newId } from './element.ts';

/** A part of the controls. */
export interface Card {
  readonly content: HTMLElement;
  /** Called repeatedly while it is visible. */
  update?(): Promise<void>;
}

/** A titled box; its title names it to screen readers too. */
export function card(title: string, ...children: readonly Child[]): HTMLElement {
  const id = newId('card');
  return element(
    'section',
    { class: 'card', 'aria-labelledby': id },
    element('h3', { id }, title),
    ...children,
  );
}

/** A field with its label above it. */
export function labelled(
  text: string,
  field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
  { wide = false } = {},
): HTMLElement {
  field.id = newId('field');
  return element(
    'div',
    { class: wide ? 'field wide' : 'field' },
    element('label', { for: field.id }, text),
    field,
  );
}

/** A button that does something at once. */
export function actionButton(text: string, onclick: () => void): HTMLButtonElement {
  return element('button', { type: 'button', onclick }, text);
}
