import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHttpServer, type HttpServerOptions } from '#kernel/http/server/http-server.ts';
import { listen } from '#kernel/http/server/listen.ts';

/** Metrics, being served. */
export interface MetricsServer {
  readonly port: number;
  /** Ends at once: a scrape that is cut off is made again. */
  close(): Promise<void>;
}

/** What is served: a registry of prom-client is one. */
export interface Metrics {
  readonly contentType: string;
  /** Their text at this moment. */
  metrics(): Promise<string>;
}

/** The part of a logger that the metrics server speaks to. */
export interface MetricsLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const PATH = '/metrics';
const ALLOW = 'GET, HEAD';

/**
 * Serves `GET /metrics` in the Prometheus text format, on a port of its own: what watches the API is not its public,
 * and needs no credentials.
 *
 * @throws {ListenError} when the address cannot be used.
 */
export async function startMetricsServer(options: {
  readonly metrics: Metrics;
  readonly server: HttpServerOptions & { readonly host: string; readonly port: number };
  readonly log: MetricsLog;
}): Promise<MetricsServer> {
  const { metrics, log } = options;
  const { host, port: wanted } = options.server;
  const server = createHttpServer((request, response) => {
    answer(metrics, request, response).catch((error: unknown) => {
      log.error({ err: error }, 'The metrics cannot be told');
      response.destroy();
    });
  }, options.server);
  const port = await listen(server, { host, port: wanted, portVariable: 'METRICS_PORT' });
  log.info({ host, metricsPort: port }, 'Serving metrics');
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(metrics: Metrics, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path] = (request.url ?? '').split('?', 1);
  if (path !== PATH) {
    send(request, response, 404, `Metrics are at ${PATH}.\n`);
  } else if (request.method === 'GET' || request.method === 'HEAD') {
    send(request, response, 200, await metrics.metrics(), metrics.contentType);
  } else {
    response.setHeader('allow', ALLOW);
    send(request, response, 405, `This path takes ${ALLOW}.\n`);
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  contentType = 'text/plain; charset=utf-8',
): void {
  const body = Buffer.from(text);
  response.statusCode = status;
  response.setHeader('content-type', contentType);
  response.setHeader('content-length', body.byteLength);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.end(request.method === 'HEAD' ? undefined : body);
}
