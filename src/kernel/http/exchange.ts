import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Occurrence } from './problems/problem.ts';

/** The trace that a request belongs to. Source: W3C Trace Context, level 1. */
export interface TraceContext {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** The caller's span; undefined when the trace starts here. */
  readonly parentId: string | undefined;
}

/** Ids that clients may choose: safe in headers, logs and problem bodies. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
/** Pathnames that are valid in a URI reference as they stand (RFC 3986 section 3.3). */
const SAFE_PATHNAME = /^\/(?!\/)(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*$/;
const MAX_INSTANCE_LENGTH = 2048;
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

/**
 * One request and its response, with all that is known about them, from the first byte to the line in the access log.
 * Every step of the way is given this one object; nothing about a request is kept anywhere else.
 */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Unique per request, or as the client chose it. */
  readonly requestId: string;
  readonly trace: TraceContext;
  /** From `performance.now()`, in milliseconds. */
  readonly startedAtMs = performance.now();
  /** The raw pathname: origin-form, without the query. */
  readonly pathname: string;
  /** What follows `?`, undecoded. */
  readonly query: string;
  /** The operation of the contract; undefined until the lookup has found it. */
  operation: { readonly id: string; readonly path: string } | undefined;
  /** Raw texts of the path's parameters by name; set by the lookup. */
  pathTexts = NO_PARAMETERS;
  /** The subject of the verified credentials; only its hash is logged. */
  subject: string | undefined;
  /** Why the request was refused, for the access log. */
  refusal: string | undefined;
  #signal: AbortSignal | undefined;

  constructor(request: IncomingMessage, response: ServerResponse) {
    const given = request.headers['x-request-id'];
    this.request = request;
    this.response = response;
    this.requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    this.trace = readTraceContext(request.headers['traceparent']);
    [this.pathname, this.query] = splitTarget(request.url ?? '/');
  }

  /**
   * Every line of a request header as it came, in order; empty when there is none. Node keeps only the first of two
   * `Authorization` lines in `headers`. The name is in lower case.
   */
  headerLines(name: string): readonly string[] {
    return this.request.headersDistinct[name] ?? [];
  }

  /** Aborted when the client goes away before the response is complete. Made when it is first asked for. */
  get signal(): AbortSignal {
    this.#signal ??= createSignal(this.response);
    return this.#signal;
  }

  /** What a problem about this request says about where it happened. */
  get occurrence(): Occurrence {
    const isFit = this.pathname.length <= MAX_INSTANCE_LENGTH && SAFE_PATHNAME.test(this.pathname);
    return {
      requestId: this.requestId,
      traceId: this.trace.traceId,
      instance: isFit ? this.pathname : '',
    };
  }
}

/** Starts an exchange and tells the client its id. */
export function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const exchange = new Exchange(request, response);
  response.setHeader('x-request-id', exchange.requestId);
  response.setHeader('x-content-type-options', 'nosniff');
  return exchange;
}

/** Continues a valid `traceparent`; anything else starts a new trace. */
export function readTraceContext(header: string | readonly string[] | undefined): TraceContext {
  const match = typeof header === 'string' ? TRACEPARENT.exec(header) : null;
  const [, version, traceId, parentId, , rest] = match ?? [];
  const isValid =
    traceId !== undefined &&
    parentId !== undefined &&
    version !== 'ff' &&
    !/^0+$/.test(traceId) &&
    !/^0+$/.test(parentId) &&
    // Version 00 ends after the flags; later versions may say more.
    (version !== '00' || rest === undefined);
  if (isValid) return { traceId, parentId };
  // Node makes UUIDs from random bytes that it has in store; asking for bytes costs ten times as much.
  return { traceId: randomUUID().replaceAll('-', ''), parentId: undefined };
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

function createSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    if (!response.writableFinished) controller.abort(new Error('The client went away.'));
  };
  if (response.closed || response.destroyed) abort();
  else response.once('close', abort);
  return controller.signal;
}
