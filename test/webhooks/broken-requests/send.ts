import { connect } from 'node:net';
import { type BrokenRequest, brokenRequests } from './requests.ts';

/** As many connections are open at once. */
const concurrency = 32;

/** A receiver may wait for the rest of a request, for which it has minutes. */
const patienceMilliseconds = 50;

/** Sends broken requests, each over a connection of its own, to a server that must survive them. */
export async function sendBrokenRequests(url: string, count: number, seed: number): Promise<void> {
  const left = brokenRequests(count, seed);
  const sender = async () => {
    for (let next = left.pop(); next; next = left.pop()) await send(Number(new URL(url).port), next);
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
}

async function send(port: number, { bytes, leave }: BrokenRequest): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.resume();
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  if (leave === 'reset') socket.resetAndDestroy();
  else if (leave === 'destroy') socket.destroy();
  else socket.end();
  const timer = setTimeout(() => socket.destroy(), patienceMilliseconds);
  await closed;
  clearTimeout(timer);
}
