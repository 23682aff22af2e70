import { STATUS_CODES } from 'node:http';
import { DomainError, type ErrorKind } from '#kernel/domain/domain-error.ts';
import { MAX_PROBLEM_ERRORS, type Occurrence, type Problem, type ProblemItem } from './problem.ts';
import { ProtocolError } from './protocol-error.ts';

/** The status and title of each kind of domain error; a new kind does not compile without a row. */
const PROBLEMS = {
  malformed: { status: 400, title: 'Malformed request' },
  unauthenticated: { status: 401, title: 'Authentication required' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  'precondition-failed': { status: 412, title: 'Precondition failed' },
  invalid: { status: 422, title: 'Unprocessable request' },
  'precondition-required': { status: 428, title: 'Precondition required' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'not-implemented': { status: 501, title: 'Not implemented' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies Record<ErrorKind, { readonly status: number; readonly title: string }>;

/** Seconds after which a client may try again when an error does not say. */
const RETRY_AFTER_SECONDS = '2';

/** A problem and the headers that go with it. */
export interface ProblemResponse {
  readonly problem: Problem;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How deep a chain of causes is searched; a chain may be a cycle. */
const MAX_CAUSES = 16;

/**
 * The problem that stands for any thrown value. Walks the chain of causes, so that a domain error stays itself when it
 * was wrapped on its way up; whatever is not expected is a 500 that says nothing about its cause.
 */
export function toProblem(error: unknown, occurrence: Occurrence): ProblemResponse {
  const expected = findExpected(error);
  if (expected === undefined) {
    const problem = build(
      occurrence,
      'internal-error',
      STATUS_CODES[500] ?? '',
      500,
      'The server could not answer this request.',
      [],
    );
    return { problem, headers: {} };
  }
  if (expected instanceof ProtocolError) {
    const title = STATUS_CODES[expected.status] ?? 'Error';
    const problem = build(
      occurrence,
      expected.code,
      title,
      expected.status,
      expected.message,
      expected.errors,
    );
    return { problem, headers: expected.responseHeaders };
  }
  const { status, title } = PROBLEMS[expected.kind];
  const items = expected.details.map(({ message, ...place }) => ({ detail: message, ...place }));
  const problem = build(occurrence, expected.code, title, status, expected.message, items);
  return { problem, headers: withRetryAfter(status, responseHeadersOf(expected)) };
}

/** The first error in the chain of causes that has a problem of its own. */
export function findExpected(error: unknown): DomainError | ProtocolError | undefined {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES; depth += 1) {
    if (current instanceof DomainError || current instanceof ProtocolError) return current;
    if (!(current instanceof Error)) return undefined;
    current = current.cause;
  }
  return undefined;
}

function build(
  { requestId, traceId, instance }: Occurrence,
  code: string,
  title: string,
  status: number,
  detail: string,
  errors: readonly ProblemItem[],
): Problem {
  return {
    type: `/problems/${code}`,
    title,
    status,
    ...(detail === '' ? {} : { detail }),
    ...(instance === '' ? {} : { instance }),
    requestId,
    ...(traceId === undefined ? {} : { traceId }),
    ...(errors.length === 0 ? {} : { errors: errors.slice(0, MAX_PROBLEM_ERRORS) }),
  };
}

function responseHeadersOf(error: object): Readonly<Record<string, string>> {
  if (!('responseHeaders' in error) || typeof error.responseHeaders !== 'object') return {};
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(error.responseHeaders ?? {})) {
    if (typeof value === 'string') headers[name.toLowerCase()] = value;
  }
  return headers;
}

function withRetryAfter(
  status: number,
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if ((status !== 503 && status !== 429) || 'retry-after' in headers) return headers;
  return { ...headers, 'retry-after': RETRY_AFTER_SECONDS };
}
