const focusable = 'a[href], button, summary, input, select, textarea, [tabindex]';

/** Changes what is within an element, and leaves the focus where it was: on the element in the same place. */
export function keepFocus(parent: HTMLElement, change: () => void): void {
  const elements = () => [...parent.querySelectorAll<HTMLElement>(focusable)];
  const focused = document.activeElement;
  const place = focused instanceof HTMLElement ? elements().indexOf(focused) : -1;
  change();
  if (place >= 0) elements()[place]?.focus({ preventScroll: true });
}
