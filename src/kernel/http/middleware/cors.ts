import type { IncomingMessage, ServerResponse } from 'node:http';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
/** What a page may read of a response, beside the headers that are always readable. */
const EXPOSED =
  'deprecation etag link location ratelimit ratelimit-policy retry-after sunset www-authenticate x-request-id';

/** Who may call from a page of another origin, and what such a page may read. */
export interface CorsPolicy {
  /** Compared exactly; without any, no CORS header is ever sent. */
  readonly origins: ReadonlySet<string>;
  /** Value of `Access-Control-Expose-Headers`. */
  readonly exposed: string;
}

/** `declared` are the names of the headers that the contract declares for responses. */
export function createCorsPolicy(allowedOrigins: readonly string[], declared: Iterable<string>): CorsPolicy {
  const names = new Set([...EXPOSED.split(' '), ...declared]);
  return { origins: new Set(allowedOrigins), exposed: [...names].toSorted().join(', ') };
}

const FIELD_NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const FIELD_NAMES = new RegExp(`^${FIELD_NAME}(?:[ \\t]*,[ \\t]*${FIELD_NAME})*$`);
/** A day, which is the most that Firefox keeps a preflight; Chromium and Safari shorten it to their own most. */
const MAX_AGE_SECONDS = '86400';

/**
 * Answers for the origins of the policy. Credentials are tokens in a header, so cookies are not allowed along. Source: Fetch standard, section 3.2.
 *
 * @returns true when the request was a preflight and has been answered: without authentication, without a database.
 */
export function answerCors(
  request: IncomingMessage,
  response: ServerResponse,
  { origins, exposed }: CorsPolicy,
): boolean {
  if (origins.size === 0) return false;
  response.setHeader('vary', 'Origin');
  const { origin } = request.headers;
  const isPreflight =
    request.method === 'OPTIONS' &&
    origin !== undefined &&
    request.headers['access-control-request-method'] !== undefined;
  const isAllowed = origin !== undefined && origin !== 'null' && origins.has(origin);
  if (isAllowed) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', exposed);
  }
  if (!isPreflight) return false;
  if (isAllowed) {
    response.setHeader('access-control-allow-methods', METHODS);
    // Any header may be asked for: what is allowed is the origin, and every header is checked when it comes.
    const asked = request.headers['access-control-request-headers'];
    if (asked !== undefined && FIELD_NAMES.test(asked)) {
      response.setHeader('access-control-allow-headers', asked);
    }
    response.setHeader('access-control-max-age', MAX_AGE_SECONDS);
  }
  response.statusCode = 204;
  response.end();
  return true;
}
