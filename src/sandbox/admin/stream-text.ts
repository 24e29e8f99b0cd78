/** Characters per slice, which take a few milliseconds to make. */
const slice = 200_000;

const encoder = new TextEncoder();

/** Streams a long text that is made of many short parts. It is made while it is read, and other requests run in between. */
export function streamText(parts: Iterable<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = parts[Symbol.iterator]();
  return new ReadableStream({
    async pull(controller) {
      // Yields to the event loop for each slice, as a fast reader asks for the next one at once.
      await new Promise((resolve) => setTimeout(resolve));
      const made = take(iterator);
      if (made === '') controller.close();
      else controller.enqueue(encoder.encode(made));
    },
  });
}

function take(parts: Iterator<string>): string {
  let made = '';
  for (let next = parts.next(); !next.done; next = parts.next()) {
    made += next.value;
    if (made.length >= slice) break;
  }
  return made;
}
