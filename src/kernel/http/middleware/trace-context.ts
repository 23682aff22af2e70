import { randomBytes } from 'node:crypto';

/** The trace that a request belongs to. Source: W3C Trace Context, level 1. */
export interface TraceContext {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** The caller's span; undefined when the trace starts here. */
  readonly parentId: string | undefined;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

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
  return { traceId: randomBytes(16).toString('hex'), parentId: undefined };
}
