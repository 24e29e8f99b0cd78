/** Thrown for a text that the server cannot read as JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
}
