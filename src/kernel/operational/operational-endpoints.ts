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

/** What is served beside the contract, by path: health, the contract itself, its reference page. All public. */
export type OperationalEndpoints = ReadonlyMap<string, Endpoint>;

export function createOperationalEndpoints(options: {
  readonly readiness: Readiness;
  readonly database: Pick<Database, 'ping'>;
  readonly contract: ServedContract;
}): OperationalEndpoints {
  const { yaml, json, title } = options.contract;
  return new Map([
    ['/livez', createLivenessEndpoint()],
    ['/healthz', createReadinessEndpoint(options.readiness, options.database)],
    ['/openapi.yaml', createStaticEndpoint(yaml, 'application/yaml')],
    ['/openapi.json', createStaticEndpoint(json, 'application/json')],
    ...createDocsEndpoints(title),
    ['/', redirectTo('/docs')],
    ['/docs/', redirectTo('/docs')],
  ]);
}

/** Answers a request for an endpoint. @throws {ProtocolError} 405 for methods that it has not. */
export async function answerOperational({ request, response }: Exchange, endpoint: Endpoint): Promise<void> {
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
