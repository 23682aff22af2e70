import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A proxy in front of a server. While it is closed every connection is cut at once, as when the server is down; the port stays
 * its own, so that no other program can take it meanwhile.
 */
export interface Gate extends AsyncDisposable {
  readonly origin: string;
  /** Cuts every connection, and each new one. */
  close(): void;
  /** Lets connections through again. */
  open(): void;
}

/** Opens a gate on a free port of 127.0.0.1. */
export async function openGate(target: URL): Promise<Gate> {
  const sockets = new Set<Socket>();
  let isOpen = true;
  const server = createServer((incoming) => {
    if (!isOpen) {
      incoming.resetAndDestroy();
      return;
    }
    const outgoing = connect(Number(target.port), target.hostname);
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        incoming.destroy();
        outgoing.destroy();
      });
    }
    incoming.pipe(outgoing).pipe(incoming);
  });
  const port = await listen(server);
  const close = (): void => {
    isOpen = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    close,
    open() {
      isOpen = true;
    },
    async [Symbol.asyncDispose]() {
      close();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The gate has no port.');
  return address.port;
}
