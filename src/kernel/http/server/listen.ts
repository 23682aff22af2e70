import type { Server } from 'node:http';

/** The server cannot listen; `message` is one sentence for the person who started it. */
export class ListenError extends Error {}

/**
 * Starts listening; gives the port, which differs from the one asked for when that was 0.
 *
 * @throws {ListenError} when the address cannot be used.
 */
export function listen(
  server: Server,
  {
    host,
    port,
    portVariable = 'PORT',
  }: {
    readonly host: string;
    readonly port: number;
    /** The variable that sets the port, for messages. */
    readonly portVariable?: string;
  },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      reject(new ListenError(describe(error, host, port, portVariable), { cause: error }));
    };
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.off('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function describe(
  { code, message }: NodeJS.ErrnoException,
  host: string,
  port: number,
  portVariable: string,
): string {
  switch (code ?? '') {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken: stop the other process or set ${portVariable} to a free one.`;
    case 'EACCES':
      return `Port ${port} on ${host} may not be used by this user: set ${portVariable} to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: set HOST to one that is.`;
    default:
      return `The server cannot listen on ${host}:${port}: ${message}`;
  }
}
