import { isIP } from 'node:net';
import { z } from 'zod';

import {
  ENVIRONMENTS,
  LOG_LEVELS,
  RATE_LIMIT_STORES,
  REQUEST_REFEREES,
  RESPONSE_VALIDATIONS,
  SIGNATURE_ALGORITHMS,
} from './config.ts';
import type { Variables } from './process-variables.ts';

const DEFAULT_PORT = 4000;

const WORKERS_COUNT =
  'must be set when WORKERS is more than 1: memory (each worker counts for itself, so a caller may send as many requests to each) or postgres (all count together)';

/**
 * The variables that the API reads, each with its default and its check; `.env.example` documents exactly these. Messages
 * say what was expected and never hold the value.
 *
 * @param variables as given, for the checks of one variable that depend on another.
 */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- what it returns is the type
export function createEnvironmentSchema(variables: Variables) {
  const { NODE_ENV, AUTH_JWKS_ALLOW_HTTP, PORT, WORKERS } = variables;
  const isLocal = NODE_ENV === 'development' || NODE_ENV === 'test';
  return z.object({
    NODE_ENV: choice(ENVIRONMENTS).default('production'),
    HOST: text(isHost, 'must be a host name or an IP address, without a scheme and without a port').default(
      '127.0.0.1',
    ),
    PORT: integer(0, 65_535).default(DEFAULT_PORT),
    WORKERS: integer(1, 256).default(1),
    BODY_LIMIT_BYTES: integer(1024, 104_857_600).default(1_048_576),
    TRUSTED_PROXIES: list(
      text(isProxyRange, 'must list IP addresses and ranges like 10.0.0.0/8, separated by commas'),
    ).default([]),
    HEADERS_TIMEOUT_MS: integer(100, 60_000).default(10_000),
    REQUEST_TIMEOUT_MS: integer(100, 600_000).default(30_000),
    KEEP_ALIVE_TIMEOUT_MS: integer(100, 600_000).default(65_000),
    DRAIN_DELAY_MS: integer(0, 300_000).default(0),
    DRAIN_TIMEOUT_MS: integer(0, 300_000).default(10_000),
    /** 0 serves no metrics. */
    METRICS_PORT: integer(0, 65_535)
      .refine((port) => port === 0 || port !== Number(PORT ?? DEFAULT_PORT), 'must differ from PORT')
      .default(0),
    DATABASE_STATEMENT_TIMEOUT_MS: timeout().default(5000),
    DATABASE_URL: text(isDatabaseUrl, 'must be a URL like postgres://user:password@host:5432/database'),
    DATABASE_POOL_SIZE: integer(1, 1000).default(10),
    DATABASE_ACQUIRE_TIMEOUT_MS: timeout().default(2000),
    DATABASE_LOCK_TIMEOUT_MS: timeout().default(2000),
    DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: timeout().default(5000),
    DATABASE_POOLED: flag().default(false),
    AUTH_JWKS_ALLOW_HTTP: flag().default(false),
    AUTH_JWKS_URL: jwksUrl(isLocal || AUTH_JWKS_ALLOW_HTTP === 'true'),
    AUTH_ISSUER: plainText(),
    AUTH_AUDIENCE: plainText(),
    AUTH_ALGORITHMS: list(
      z.enum(SIGNATURE_ALGORITHMS, `must list one or more of ${SIGNATURE_ALGORITHMS.join(', ')}`),
    ).default(['EdDSA']),
    AUTH_JWT_TYP: plainText().optional(),
    AUTH_CLOCK_TOLERANCE_SECONDS: integer(0, 300).default(5),
    AUTH_MAX_TOKEN_LIFETIME_SECONDS: integer(1, 31_536_000).default(86_400),
    AUTH_TOKEN_CACHE_SIZE: integer(0, 1_000_000).default(10_000),
    AUTH_JWKS_REFRESH_SECONDS: integer(1, 86_400).default(300),
    AUTH_JWKS_COOLDOWN_SECONDS: integer(1, 300).default(5),
    AUTH_JWKS_TIMEOUT_MS: integer(10, 3000).default(2000),
    AUTH_JWKS_START_TIMEOUT_SECONDS: integer(1, 300).default(10),
    AUTH_JWKS_MAX_STALE_SECONDS: integer(60, 31_536_000).default(86_400),
    LOG_LEVEL: choice(LOG_LEVELS).default('info'),
    CORS_ALLOWED_ORIGINS: list(
      text(
        isOrigin,
        'must list origins like https://app.example.com, separated by commas; no path, no slash at the end, no *',
      ),
    ).default([]),
    /** Off in production, enforced elsewhere, unless it is set. */
    RESPONSE_VALIDATION: choice(RESPONSE_VALIDATIONS).optional(),
    /** By what the environment is, unless it is set. */
    REQUEST_REFEREE: choice(REQUEST_REFEREES).optional(),
    /** 0 sets no limit beside those of the contract. */
    RATE_LIMIT_REQUESTS: integer(0, 1_000_000_000).default(6000),
    RATE_LIMIT_WINDOW_SECONDS: integer(1, 86_400).default(60),
    /** What one process may count for itself, several multiply: that is for who sets their number to choose. */
    RATE_LIMIT_STORE:
      Number(WORKERS) > 1
        ? z.enum(RATE_LIMIT_STORES, WORKERS_COUNT)
        : choice(RATE_LIMIT_STORES).default('memory'),
    IDEMPOTENCY_KEY_TTL_SECONDS: integer(1, 31_536_000).default(86_400),
  });
}

/** The variables as they come out of the schema. */
export type Environment = z.infer<ReturnType<typeof createEnvironmentSchema>>;

/** Text that passes a check. */
function text(isUsable: (value: string) => boolean, expected: string) {
  return z.string('is missing').refine(isUsable, expected);
}

function plainText() {
  return text(
    (value) => value.trim() === value && !/\p{Cc}/u.test(value),
    'must have no spaces at its ends and no control characters',
  );
}

/** A whole number in decimal digits, both bounds included. */
function integer(min: number, max: number) {
  const isUsable = (value: string): boolean =>
    /^(0|[1-9][0-9]{0,15})$/.test(value) && Number(value) >= min && Number(value) <= max;
  return text(isUsable, `must be a whole number from ${min} to ${max}`).transform(Number);
}

/** Milliseconds that something of the database may take. */
function timeout() {
  return integer(10, 600_000);
}

function choice<const T extends readonly string[]>(choices: T) {
  return z.enum(choices, `must be one of ${choices.join(', ')}`);
}

function flag() {
  return choice(['true', 'false']).transform((value) => value === 'true');
}

/** Items separated by commas; spaces around them do not count. */
function list<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .transform((value) => value.split(',').map((each) => each.trim()))
    .pipe(z.array(item));
}

function isHost(value: string): boolean {
  return /^[A-Za-z0-9.:_-]{1,255}$/.test(value);
}

/** Names the host and the database. */
function isDatabaseUrl(value: string): boolean {
  const url = URL.parse(value);
  return (
    url !== null &&
    ['postgres:', 'postgresql:'].includes(url.protocol) &&
    (url.hostname !== '' || url.searchParams.has('host')) &&
    url.pathname.length > 1
  );
}

/** Where public keys come from. Plain http carries them unprotected, so it is for this machine only, unless allowed. */
function jwksUrl(isPlainHttpAllowed: boolean) {
  return z.string('is missing').check(({ value, issues }) => {
    const refuse = (message: string): unknown => issues.push({ code: 'custom', input: value, message });
    const url = URL.parse(value);
    if (url === null || !['http:', 'https:'].includes(url.protocol)) {
      refuse('must be a URL like https://id.example.com/api/auth/jwks');
    } else if (url.username !== '' || url.password !== '') {
      refuse('must hold no user name and no password');
    } else if (url.protocol === 'http:' && !isPlainHttpAllowed && !isLoopback(url.hostname)) {
      refuse(
        'must be https, except on this machine (AUTH_JWKS_ALLOW_HTTP=true allows http inside a trusted network)',
      );
    }
  });
}

/** An origin exactly as a browser sends it. Source: Fetch standard, section "Origin header". */
function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.origin === value;
}

/** An IP address or a CIDR range. */
function isProxyRange(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  const bits = version === 6 ? 128 : 32;
  const isPrefix = prefix === undefined || (/^(?:0|[1-9][0-9]{0,2})$/.test(prefix) && Number(prefix) <= bits);
  return version !== 0 && isPrefix && rest.length === 0;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.[0-9]{1,3}){3}$/.test(hostname);
}
