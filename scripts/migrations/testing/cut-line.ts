import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** A line to PostgreSQL that breaks at a chosen message of the client, for good. */
export interface CutLine extends AsyncDisposable {
  /** The connection string, over this line. */
  readonly url: string;
  readonly isCut: boolean;
}

/**
 * Listens on a free port and passes everything on, up to message number `at` of the client, from 0, which still reaches the
 * server; its answer never comes back. To the server a broken line is what the client's sudden death is.
 */
export async function openCutLine(url: string, at: number): Promise<CutLine> {
  const target = new URL(url);
  let sent = 0;
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on('error', () => other.destroy());
    }
    near.on('close', () => {
      if (!isCut) {
        far.destroy();
      }
    });
    far.pipe(near);
    let waiting = Buffer.alloc(0);
    let hasStarted = false;
    near.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      for (;;) {
        const size = messageSize(waiting, hasStarted);
        if (size === null || isCut) {
          return;
        }
        hasStarted = true;
        const message = waiting.subarray(0, size);
        waiting = waiting.subarray(size);
        isCut = sent === at;
        sent += 1;
        if (isCut) {
          far.unpipe();
          far.end(message);
          near.destroy();
        } else {
          far.write(message);
        }
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const line = new URL(url);
  line.port = typeof address === 'object' && address !== null ? String(address.port) : '';
  return {
    url: line.href,
    get isCut() {
      return isCut;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** Bytes of the first message; null while it is not whole. The first of a connection has no letter before its length. */
function messageSize(bytes: Buffer, hasStarted: boolean): number | null {
  const lengthAt = hasStarted ? 1 : 0;
  if (bytes.length < lengthAt + 4) {
    return null;
  }
  const size = bytes.readInt32BE(lengthAt) + lengthAt;
  return bytes.length < size ? null : size;
}
