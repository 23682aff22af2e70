import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { sendProblem } from '#kernel/http/problems/send-problem.ts';
import { findExpected, toProblem } from '#kernel/http/problems/to-problem.ts';
import { occurrenceOf, type RequestScope } from './request-scope.ts';

/** A body left unread up to this size is skipped and the connection kept; a longer one costs the connection. */
const SKIPPED_BODY_BYTES = 64 * 1024;

/** Answers whatever was thrown as a problem, and logs what a client cannot cause. */
export function answerError(
  request: IncomingMessage,
  response: ServerResponse,
  scope: RequestScope,
  error: unknown,
  logger: Logger,
): void {
  const answer = toProblem(error, occurrenceOf(scope));
  const fields = { err: error, requestId: scope.requestId, operation: scope.operation?.id };
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
