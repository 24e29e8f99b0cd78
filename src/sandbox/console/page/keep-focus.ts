const focusable = 'a[href], button, summary, input, select, textarea, [tabindex]';

/** Changes what is within an element, and leaves the focus where it was: on the element in the same place. */
export function keepFocus(parent: HTMLElement, change: () => void): void {
  const elements = () => [...parent.querySelectorAll<HTMLElement>(focusable)];
  const before = elements().findIndex((candidate) => candidate === document.activeElement);
  change();
  if (before < 0) return;
  elements()[before]?.focus({ preventScroll: true });
}
