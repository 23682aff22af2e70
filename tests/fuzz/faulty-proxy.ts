import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';

/** An answer on its way back, to be spoilt. */
export interface PassingAnswer {
  readonly method: string;
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** Stands between a client and an app and changes what the app answers. */
export interface FaultyProxy extends AsyncDisposable {
  readonly origin: string;
}

/** Starts a proxy on a free port of this machine. */
export async function startFaultyProxy(
  target: string,
  spoil: (answer: PassingAnswer) => void,
): Promise<FaultyProxy> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    const { hostname, port } = new URL(target);
    const onward = httpRequest(
      { hostname, port, agent, method, path: url, headers: request.headers },
      (given) => {
        const chunks: Buffer[] = [];
        given.on('data', (chunk: Buffer) => chunks.push(chunk));
        given.on('end', () => {
          const body = Buffer.concat(chunks);
          const answer = { method, status: given.statusCode ?? 0, headers: { ...given.headers }, body };
          spoil(answer);
          delete answer.headers['content-length'];
          delete answer.headers['transfer-encoding'];
          response.writeHead(answer.status, answer.headers).end(answer.body);
        });
      },
    );
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the proxy has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
