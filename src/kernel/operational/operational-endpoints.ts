import type { Database } from '#kernel/database/database.ts';
import type { Exchange } from '#kernel/http/exchange.ts';
import { ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import type { Readiness } from '#kernel/http/server/http-server.ts';
import { createDocsEndpoints } from './docs-page.ts';
import { sendRepresentation, type Endpoint } from './endpoint.ts';
import { createLivenessEndpoint, createReadinessEndpoint } from './health.ts';
import type { ServedContract } from './served-contract.ts';
import { createStaticEndpoint } from './static-file.ts';

const ALLOW = 'GET, HEAD, OPTIONS';

/** What is served beside the contract: health, the contract itself, its reference page. All public. */
export class OperationalEndpoints {
  readonly #endpoints: ReadonlyMap<string, Endpoint>;

  constructor(options: {
    readonly readiness: Readiness;
    readonly database: Pick<Database, 'ping'>;
    readonly contract: ServedContract;
  }) {
    const { yaml, json, title } = options.contract;
    this.#endpoints = new Map([
      ['/livez', createLivenessEndpoint()],
      ['/healthz', createReadinessEndpoint(options.readiness, options.database)],
      ['/openapi.yaml', createStaticEndpoint(yaml, 'application/yaml')],
      ['/openapi.json', createStaticEndpoint(json, 'application/json')],
      ...createDocsEndpoints(title),
      ['/', redirectTo('/docs')],
      ['/docs/', redirectTo('/docs')],
    ]);
  }

  /** Paths that no module may claim. */
  get paths(): readonly string[] {
    return [...this.#endpoints.keys()];
  }

  /**
   * Answers a request for one of these paths; undefined when the path is none of them.
   *
   * @throws {ProtocolError} 405 for other methods.
   */
  serve(exchange: Exchange): Promise<void> | undefined {
    const endpoint = this.#endpoints.get(exchange.pathname);
    return endpoint === undefined ? undefined : answer(exchange, endpoint);
  }
}

async function answer({ request, response }: Exchange, endpoint: Endpoint): Promise<void> {
  if (request.method === 'OPTIONS') {
    response.statusCode = 204;
    response.setHeader('allow', ALLOW);
    response.end();
  } else if (request.method === 'GET' || request.method === 'HEAD') {
    sendRepresentation(request, response, await endpoint.read());
  } else {
    throw new ProtocolError(405, 'method-not-allowed', `This path takes ${ALLOW}.`, {
      headers: { allow: ALLOW },
    });
  }
}

function redirectTo(path: string): Endpoint {
  const representation = {
    status: 302,
    contentType: 'text/plain; charset=utf-8',
    body: Buffer.from(`See ${path}\n`),
    headers: { location: path },
  };
  return { read: () => Promise.resolve(representation) };
}
