/** Bytes of a body that are accepted: PluralKit's largest events are far below. */
const MAXIMUM_BYTES = 1_000_000;

/**
 * Reads a body, and stops where it grows too large, whatever its headers said.
 *
 * @returns null where it has over a million bytes
 * @throws the error of the stream
 */
export async function readBody(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array | null> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    length += read.value.byteLength;
    if (length > MAXIMUM_BYTES) {
      // Not awaited: the sender may go on without end.
      reader?.cancel().catch(() => undefined);
      return null;
    }
    chunks.push(read.value);
  }
  return joined(chunks, length);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
