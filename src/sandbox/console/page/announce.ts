/** Tells something to those who use a screen reader, without taking them from where they are. */
export function announce(text: string): void {
  const region = document.getElementById('announcements');
  if (region === null) return;
  // The same text twice would not be read again.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
