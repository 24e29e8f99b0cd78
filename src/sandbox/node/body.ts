import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Bytes } from '../operations/reply.ts';

const empty = Buffer.alloc(0);

/**
 * Reads a body to its end, and keeps no more of it once it has grown too large, whatever its headers said.
 *
 * @param limit - bytes that are accepted
 * @returns null where it has more bytes than the limit
 * @throws whatever the connection fails with, also where the caller hangs up
 */
export function readBody(incoming: IncomingMessage, limit: number): Bytes | null | Promise<Bytes | null> {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = incoming.headers;
  if (Number(length) > limit) return null;
  if (length === '0' && encoding === undefined) return empty;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const collect = (chunk: Buffer) => {
      size += chunk.byteLength;
      chunks.push(chunk);
      if (size <= limit) return;
      // The rest is discarded, so that the caller reads the response.
      incoming.off('data', collect).resume();
      resolve(null);
    };
    incoming.on('data', collect);
    incoming.once('end', () => resolve(Buffer.concat(chunks)));
    incoming.once('error', reject);
    incoming.once('close', () => {
      if (!incoming.complete) reject(new Error('The caller has hung up'));
    });
  });
}
