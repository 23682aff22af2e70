import { hash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Exchange } from '../exchange.ts';

/**
 * Writes one line per request when it is over. The fields are an allow-list: no header, query, path value or body ever
 * gets into the log, and of the user only a hash of the subject.
 */
export function logAccess(exchange: Exchange, logger: Logger): void {
  const { request, response } = exchange;
  response.once('close', () => {
    logger.info(
      {
        requestId: exchange.requestId,
        traceId: exchange.trace.traceId,
        method: request.method,
        route: exchange.operation?.path,
        operation: exchange.operation?.id,
        // Nothing was sent to a client that left, or whose bytes the parser refused: 200 would be Node's default.
        status: response.headersSent ? response.statusCode : undefined,
        durationMs: Math.round((performance.now() - exchange.startedAtMs) * 100) / 100,
        ...(exchange.subject === undefined ? {} : { subject: hashSubject(exchange.subject) }),
        ...(exchange.refusal === undefined ? {} : { refusal: exchange.refusal }),
        ...(response.writableFinished ? {} : { aborted: true }),
      },
      'request',
    );
  });
}

/** Enough to tell users apart in a log, not enough to know them. */
function hashSubject(subject: string): string {
  return hash('sha256', subject, 'base64url').slice(0, 12);
}
