/** Reads JSON; invalid JSON stays a text, and an empty text is null. */
export function parseJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
