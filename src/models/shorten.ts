const longest = 100;

/** The beginning of a text from outside, for messages. */
export function shorten(text: string): string {
  const characters = [...text.slice(0, 2 * longest + 2)];
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text;
}
