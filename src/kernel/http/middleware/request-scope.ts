import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '#kernel/contract/operation.ts';
import type { Occurrence } from '#kernel/http/problems/problem.ts';
import { readTraceContext, type TraceContext } from './trace-context.ts';

/** What is known about one request, from its first byte to its access log line. */
export interface RequestScope {
  readonly requestId: string;
  readonly trace: TraceContext;
  /** From `performance.now()`, in milliseconds. */
  readonly startedAtMs: number;
  /** The raw pathname: origin-form, without the query. */
  readonly pathname: string;
  /** What follows `?`, undecoded. */
  readonly query: string;
  /** Known once the lookup has found it. */
  operation: Operation | undefined;
  /** The subject of the verified token; only its hash is logged. */
  subject: string | undefined;
}

const scopes = new WeakMap<IncomingMessage, RequestScope>();

/** Ids that clients may choose: safe in headers, logs and problem bodies. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
/** Pathnames that are valid in a URI reference as they stand (RFC 3986 section 3.3). */
const SAFE_PATHNAME = /^\/(?!\/)(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*$/;
const MAX_INSTANCE_LENGTH = 2048;

/** Starts the scope of a request and tells the client its id. */
export function openScope(request: IncomingMessage, response: ServerResponse): RequestScope {
  const [pathname, query] = splitTarget(request.url ?? '/');
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  const scope: RequestScope = {
    requestId,
    trace: readTraceContext(request.headers['traceparent']),
    startedAtMs: performance.now(),
    pathname,
    query,
    operation: undefined,
    subject: undefined,
  };
  scopes.set(request, scope);
  response.setHeader('x-request-id', requestId);
  response.setHeader('x-content-type-options', 'nosniff');
  return scope;
}

/** @throws {Error} when `openScope` has not been called: the middlewares are in the wrong order. */
export function scopeOf(request: IncomingMessage): RequestScope {
  const scope = scopes.get(request);
  if (scope === undefined) throw new Error('The request has no scope yet.');
  return scope;
}

/** What a problem about this request says about where it happened. */
export function occurrenceOf({ requestId, trace, pathname }: RequestScope): Occurrence {
  const isFit = pathname.length <= MAX_INSTANCE_LENGTH && SAFE_PATHNAME.test(pathname);
  return { requestId, traceId: trace.traceId, instance: isFit ? pathname : '' };
}

/**
 * The path and query of a request target. An absolute-form target (`GET http://host/path`) is served like the
 * origin-form one (RFC 9112 section 3.2.2); a fragment, which no target may have, stays in the path and matches nothing.
 */
export function splitTarget(target: string): [pathname: string, query: string] {
  const origin = /^https?:\/\/[^/?#]*/i.exec(target)?.[0] ?? '';
  const rest = target.slice(origin.length);
  const mark = rest.indexOf('?');
  const pathname = mark === -1 ? rest : rest.slice(0, mark);
  return [pathname === '' ? '/' : pathname, mark === -1 ? '' : rest.slice(mark + 1)];
}
