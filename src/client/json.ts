/** Reads JSON; a text that is none stays a text, and an empty one is null. */
export function parseJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
