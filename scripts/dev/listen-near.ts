import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { errorCode } from '../diagnostics/error-code.ts';

const HOST = '127.0.0.1';

/** How many ports past the wanted one are tried before any free one is taken. */
const NEAR = 10;

/**
 * Makes the server listen on the wanted port of 127.0.0.1, on one of the next ones when it is taken, or else on any.
 * Port 0 is any free port.
 * @returns the port in use.
 */
export async function listenNear(server: Server, wanted: number): Promise<number> {
  const near = wanted === 0 ? [] : Array.from({ length: NEAR }, (_, index) => wanted + index);
  for (const port of [...near, 0]) {
    const taken = await tryListen(server, port);
    if (taken !== undefined) return taken;
  }
  throw new Error(`No port of ${HOST} is free.`);
}

/** The system's code for why no server could listen there now: `EADDRINUSE`; undefined when one could. */
export async function whyNotListen(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    return errorCode(error) || 'unknown';
  }
  server.close();
  await once(server, 'close');
  return undefined;
}

async function tryListen(server: Server, port: number): Promise<number | undefined> {
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch (error) {
    if (['EADDRINUSE', 'EACCES'].includes(errorCode(error))) return undefined;
    throw error;
  }
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : undefined;
}
