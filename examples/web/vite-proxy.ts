import type { ServerResponse } from 'node:http';

import type { ProxyOptions } from 'vite';

/**
 * Puts Identity service and API on the app's own origin: `/api/auth` and the rest of `/api`. Cookies are then the
 * app's own, and nothing needs CORS.
 */
export function apiProxy(apiUrl: string, identityUrl: string): Record<string, ProxyOptions> {
  return {
    '/api/auth': { target: identityUrl, configure: answerBadGateway },
    '/api': { target: apiUrl, rewrite: (path) => path.slice('/api'.length), configure: answerBadGateway },
  };
}

/** 502 is what a proxy answers for a server that does not; Vite's own answer, 500, would be the API's. */
const answerBadGateway: NonNullable<ProxyOptions['configure']> = (proxy) => {
  proxy.on('error', (_error, _request, response) => {
    if (!isResponse(response) || response.headersSent) return;
    response.writeHead(502, { 'content-type': 'text/plain' }).end('The server behind does not answer.\n');
  });
};

function isResponse(value: object): value is ServerResponse {
  return 'writeHead' in value;
}
