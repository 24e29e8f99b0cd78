import { once } from 'node:events';
import { createServer, connect as openSocket, type Socket } from 'node:net';

/** A TCP proxy on loopback that can stop forwarding, with all connections left open, as a broken network does. */
export interface HangingProxy {
  readonly port: number;
  /** Holds back all bytes, of new connections too. */
  hang(): void;
  /** Sends what was held back, and forwards again. */
  resume(): void;
  /** Forwards the bytes of new connections. Those that were open while it hung are never closed, and lead nowhere. */
  abandon(): void;
  close(): Promise<void>;
}

export async function startHangingProxy(target: number): Promise<HangingProxy> {
  const sockets = new Set<Socket>();
  const abandoned = new WeakSet<Socket>();
  let isHanging = false;
  let held: (() => void)[] = [];
  const forward = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('data', (bytes) => {
      if (isHanging) held.push(() => to.write(bytes));
      else if (!abandoned.has(from)) to.write(bytes);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      if (!abandoned.has(from)) to.destroy();
    });
  };
  const server = createServer((client) => {
    const upstream = openSocket(target, '127.0.0.1');
    forward(client, upstream);
    forward(upstream, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port');
  return {
    port: address.port,
    hang() {
      isHanging = true;
    },
    resume() {
      isHanging = false;
      for (const send of held) send();
      held = [];
    },
    abandon() {
      isHanging = false;
      held = [];
      for (const socket of sockets) abandoned.add(socket);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
