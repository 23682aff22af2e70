import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Exchange } from '../exchange.ts';
import { sendProblem } from '../problems/send-problem.ts';
import { findExpected, toProblem } from '../problems/to-problem.ts';

/** A body left unread up to this size is skipped and the connection kept; a longer one costs the connection. */
const SKIPPED_BODY_BYTES = 64 * 1024;

/** Answers any thrown value as a problem, and logs what a client cannot cause. */
export function answerError(exchange: Exchange, error: unknown, logger: Logger): void {
  const { request, response, requestId, operation } = exchange;
  const answer = toProblem(error, exchange.occurrence);
  const fields = { err: error, requestId, operation: operation?.id };
  if (answer.problem.status >= 500) logger.error(fields, 'A request failed.');
  else if (findExpected(error)?.cause !== undefined) logger.debug(fields, 'A request was refused.');
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
