/**
 * Puts a server under load: each connection sends the next request as soon as the last one has its response.
 *
 * It reads responses from the socket by itself. With `node:http` the client would be
 * slower than the sandbox, and limit the measurement.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Slice {
  /** Responses a second. */
  readonly rate: number;
  /** Of each request, in milliseconds. */
  readonly times: readonly number[];
  /** Of one response's body. */
  readonly bytes: number;
}

/** With fewer, a quick server waits for the client to wake up. */
const connections = 32;
const headEnd = Buffer.from('\r\n\r\n');

/**
 * Loads a server for a while.
 *
 * @param request - the request as it goes over the wire
 * @throws Error where a response is no success
 */
export async function load(port: number, request: Buffer, milliseconds: number): Promise<Slice> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const start = performance.now();
  const sleep = stayAwake();
  const runs = await Promise.all(sockets.map((socket) => run(socket, request, start + milliseconds))).finally(
    () => {
      sleep();
      for (const socket of sockets) socket.destroy();
    },
  );
  const seconds = (performance.now() - start) / 1000;
  const times = runs.flatMap((one) => one.times);
  return { rate: times.length / seconds, times, bytes: runs[0]?.bytes ?? 0 };
}

/** A request as it goes over the wire. */
export function requestBytes(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Buffer {
  const all = {
    Host: '127.0.0.1',
    ...headers,
    ...(body !== undefined && { 'Content-Type': 'application/json', 'Content-Length': String(body.length) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`);
}

/**
 * Keeps this process from waiting for the network: the server that writes to a client which sleeps also pays for waking it,
 * the more often the slower it is. Returns the function that ends it.
 */
function stayAwake(): () => void {
  let next = setImmediate(again);
  function again() {
    next = setImmediate(again);
  }
  return () => clearImmediate(next);
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

function run(socket: Socket, request: Buffer, end: number): Promise<{ times: number[]; bytes: number }> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    let bytes = 0;
    let sent = performance.now();
    let received: Buffer = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server has closed the connection.')));
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const size = responseSize(received);
      if (size === undefined || received.length < size.head + size.body) return;
      if (size.status >= 300) {
        reject(new Error(`The server responds: ${received.toString('utf8', 0, 500)}`));
        return;
      }
      const now = performance.now();
      times.push(now - sent);
      bytes = size.body;
      received = Buffer.alloc(0);
      if (now >= end) {
        resolve({ times, bytes });
        return;
      }
      sent = now;
      socket.write(request);
    });
    socket.write(request);
  });
}

/** Undefined until enough of the response has arrived. */
function responseSize(received: Buffer): { status: number; head: number; body: number } | undefined {
  const end = received.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = received.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const start = end + headEnd.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return { status, head: start, body: Number(length) };
  // A response in chunks ends with an empty one.
  const isComplete = received.toString('latin1', received.length - 5) === '0\r\n\r\n';
  return isComplete ? { status, head: start, body: received.length - start } : undefined;
}
