import { readFile } from 'node:fs/promises';

/** Reads a file of UTF-8, or of UTF-16, which `>` of Windows PowerShell writes, without their byte order marks. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
