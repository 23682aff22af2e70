import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Exchange } from '../exchange.ts';
import { findExpected, toProblem, type ProblemResponse } from '../problems/to-problem.ts';

/** A body left unread up to this size is skipped and the connection kept; a longer one costs the connection. */
const SKIPPED_BODY_BYTES = 64 * 1024;

/** Answers any thrown value as a problem, and logs what a client cannot cause. */
export function answerError(exchange: Exchange, error: unknown, logger: Logger): void {
  const { request, response, requestId, operation } = exchange;
  const answer = toProblem(error, exchange.occurrence);
  const expected = findExpected(error);
  if (expected !== undefined && 'logged' in expected) exchange.refusal = expected.logged;
  const fields = { err: error, requestId, operation: operation?.id };
  if (answer.problem.status >= 500) logger.error(fields, 'A request failed.');
  else if (expected?.cause !== undefined) logger.debug(fields, 'A request was refused.');
  if (response.headersSent) {
    // Half a response cannot become a problem; breaking it off is the only way to say that it is not whole.
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) if (name.startsWith('content-')) response.removeHeader(name);
  if (leavesLongBody(request)) response.setHeader('connection', 'close');
  sendProblem(response, answer, request.method);
}

function leavesLongBody(request: IncomingMessage): boolean {
  if (request.complete) return false;
  if (request.headers['transfer-encoding'] !== undefined) return true;
  return Number(request.headers['content-length'] ?? 0) > SKIPPED_BODY_BYTES;
}

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
