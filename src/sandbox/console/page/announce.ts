/** Announces a text to screen readers, without moving the focus. */
export function announce(text: string): void {
  const region = document.getElementById('announcements');
  if (region === null) return;
  // A repeated text would not be read again.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
