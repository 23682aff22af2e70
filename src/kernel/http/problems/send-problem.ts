import type { ServerResponse } from 'node:http';
import type { ProblemResponse } from './to-problem.ts';

/** Sends a problem as the whole response. Headers set before (request id, CORS) stay; `HEAD` gets no body. */
export function sendProblem(
  response: ServerResponse,
  { problem, headers }: ProblemResponse,
  method: string | undefined,
): void {
  const body = Buffer.from(JSON.stringify(problem));
  response.statusCode = problem.status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('content-type', 'application/problem+json');
  response.setHeader('content-length', body.byteLength);
  response.setHeader('cache-control', 'no-store');
  response.end(method === 'HEAD' ? undefined : body);
}
