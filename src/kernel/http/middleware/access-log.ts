import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { RequestScope } from './request-scope.ts';

/**
 * Writes one line per request when it is over. The fields are an allow-list: no header, query, path value or body ever
 * gets into the log, and of the user only a hash of the subject.
 */
export function logAccess(
  request: IncomingMessage,
  response: ServerResponse,
  scope: RequestScope,
  logger: Logger,
): void {
  response.once('close', () => {
    logger.info(
      {
        requestId: scope.requestId,
        traceId: scope.trace.traceId,
        method: request.method,
        route: scope.operation?.path,
        operation: scope.operation?.id,
        status: response.statusCode,
        durationMs: Math.round((performance.now() - scope.startedAtMs) * 100) / 100,
        ...(scope.subject === undefined ? {} : { subject: hashSubject(scope.subject) }),
        ...(response.writableFinished ? {} : { aborted: true }),
      },
      'request',
    );
  });
}

/** Enough to tell users apart in a log, not enough to know them. */
function hashSubject(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url').slice(0, 12);
}
