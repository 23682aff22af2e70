import {
  ENVIRONMENTS,
  LOG_LEVELS,
  RATE_LIMIT_STORES,
  RESPONSE_VALIDATIONS,
  SIGNATURE_ALGORITHMS,
  type AuthConfig,
  type Config,
  type DatabaseConfig,
  type RateLimitConfig,
  type ServerConfig,
} from './config.ts';
import { ConfigError } from './config-error.ts';
import { EnvironmentReader, type Variables } from './environment-reader.ts';
import {
  parseDatabaseUrl,
  parseHost,
  parseJwksUrl,
  parseOrigin,
  parseProxyRange,
  parseText,
} from './values.ts';

/** A server that could still answer is given this much longer than the statement may take. */
const SILENT_SERVER_MS = 2000;

/**
 * The environment, checked whole before anything is opened, and frozen.
 * @throws {ConfigError} naming every variable that is missing or not usable, without its value.
 */
export function loadConfig(variables: Variables): Config {
  const reader = new EnvironmentReader(variables);
  const config = readConfig(reader);
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return deepFreeze(config);
}

/** Every name that `loadConfig` reads, in reading order. */
export function configVariables(): readonly string[] {
  const reader = new EnvironmentReader({});
  readConfig(reader);
  return [...reader.names];
}

function readConfig(reader: EnvironmentReader): Config {
  const environment = reader.choice('NODE_ENV', 'production', ENVIRONMENTS);
  const server = readServer(reader);
  return {
    environment,
    server,
    metrics: { port: readMetricsPort(reader, server.port) },
    database: readDatabase(reader),
    auth: readAuth(reader, environment !== 'production'),
    log: { level: reader.choice('LOG_LEVEL', 'info', LOG_LEVELS) },
    cors: { allowedOrigins: reader.list('CORS_ALLOWED_ORIGINS', [], parseOrigin) },
    responseValidation: reader.choice(
      'RESPONSE_VALIDATION',
      environment === 'production' ? 'off' : 'enforce',
      RESPONSE_VALIDATIONS,
    ),
    rateLimit: readRateLimit(reader),
    idempotencyTtlSeconds: reader.integer('IDEMPOTENCY_KEY_TTL_SECONDS', {
      fallback: 86_400,
      min: 1,
      max: 31_536_000,
    }),
  };
}

function readRateLimit(reader: EnvironmentReader): RateLimitConfig {
  const requests = reader.integer('RATE_LIMIT_REQUESTS', { fallback: 6000, min: 0, max: 1_000_000_000 });
  const windowSeconds = reader.integer('RATE_LIMIT_WINDOW_SECONDS', { fallback: 60, min: 1, max: 86_400 });
  return {
    quota: requests === 0 ? undefined : { requests, windowSeconds },
    store: reader.choice('RATE_LIMIT_STORE', 'memory', RATE_LIMIT_STORES),
  };
}

function readServer(reader: EnvironmentReader): ServerConfig {
  return {
    host: reader.optional('HOST', '127.0.0.1', parseHost),
    port: reader.integer('PORT', { fallback: 4000, min: 0, max: 65_535 }),
    bodyLimitBytes: reader.integer('BODY_LIMIT_BYTES', { fallback: 1_048_576, min: 1024, max: 104_857_600 }),
    trustedProxies: reader.list('TRUSTED_PROXIES', [], parseProxyRange),
    headersTimeoutMs: reader.integer('HEADERS_TIMEOUT_MS', { fallback: 10_000, min: 100, max: 60_000 }),
    requestTimeoutMs: reader.integer('REQUEST_TIMEOUT_MS', { fallback: 30_000, min: 100, max: 600_000 }),
    keepAliveTimeoutMs: reader.integer('KEEP_ALIVE_TIMEOUT_MS', { fallback: 65_000, min: 100, max: 600_000 }),
    drainDelayMs: reader.integer('DRAIN_DELAY_MS', { fallback: 0, min: 0, max: 300_000 }),
    drainTimeoutMs: reader.integer('DRAIN_TIMEOUT_MS', { fallback: 10_000, min: 0, max: 300_000 }),
  };
}

function readMetricsPort(reader: EnvironmentReader, apiPort: number): number | undefined {
  const port = reader.integer('METRICS_PORT', { fallback: 0, min: 0, max: 65_535 });
  if (port === 0) return undefined;
  if (port === apiPort) reader.problems.push({ variable: 'METRICS_PORT', expected: 'must differ from PORT' });
  return port;
}

function readDatabase(reader: EnvironmentReader): DatabaseConfig {
  const timeout = (name: string, fallback: number): number =>
    reader.integer(name, { fallback, min: 10, max: 600_000 });
  const statementTimeoutMs = timeout('DATABASE_STATEMENT_TIMEOUT_MS', 5000);
  return {
    url: reader.secret('DATABASE_URL', parseDatabaseUrl),
    poolSize: reader.integer('DATABASE_POOL_SIZE', { fallback: 10, min: 1, max: 1000 }),
    acquireTimeoutMs: timeout('DATABASE_ACQUIRE_TIMEOUT_MS', 2000),
    statementTimeoutMs,
    queryTimeoutMs: statementTimeoutMs + SILENT_SERVER_MS,
    lockTimeoutMs: timeout('DATABASE_LOCK_TIMEOUT_MS', 2000),
    idleInTransactionTimeoutMs: timeout('DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS', 5000),
    isPooled: reader.flag('DATABASE_POOLED', false),
  };
}

function readAuth(reader: EnvironmentReader, isLocal: boolean): AuthConfig {
  const isPlainHttpAllowed = reader.flag('AUTH_JWKS_ALLOW_HTTP', false) || isLocal;
  return {
    jwksUrl: reader.required('AUTH_JWKS_URL', '', parseJwksUrl(isPlainHttpAllowed)),
    issuer: reader.required('AUTH_ISSUER', '', parseText),
    audience: reader.required('AUTH_AUDIENCE', '', parseText),
    algorithms: reader.list('AUTH_ALGORITHMS', ['EdDSA'], (text) => {
      const value = SIGNATURE_ALGORITHMS.find((algorithm) => algorithm === text);
      return value === undefined ? `must list one or more of ${SIGNATURE_ALGORITHMS.join(', ')}` : { value };
    }),
    tokenType: reader.optional<string | undefined>('AUTH_JWT_TYP', undefined, parseText),
    clockToleranceSeconds: reader.integer('AUTH_CLOCK_TOLERANCE_SECONDS', { fallback: 5, min: 0, max: 300 }),
    maxTokenLifetimeSeconds: reader.integer('AUTH_MAX_TOKEN_LIFETIME_SECONDS', {
      fallback: 86_400,
      min: 1,
      max: 31_536_000,
    }),
    tokenCacheSize: reader.integer('AUTH_TOKEN_CACHE_SIZE', { fallback: 10_000, min: 0, max: 1_000_000 }),
    jwks: {
      refreshSeconds: reader.integer('AUTH_JWKS_REFRESH_SECONDS', { fallback: 300, min: 1, max: 86_400 }),
      cooldownSeconds: reader.integer('AUTH_JWKS_COOLDOWN_SECONDS', { fallback: 5, min: 1, max: 300 }),
      timeoutMs: reader.integer('AUTH_JWKS_TIMEOUT_MS', { fallback: 2000, min: 10, max: 3000 }),
      startTimeoutSeconds: reader.integer('AUTH_JWKS_START_TIMEOUT_SECONDS', {
        fallback: 10,
        min: 1,
        max: 300,
      }),
      maxStaleSeconds: reader.integer('AUTH_JWKS_MAX_STALE_SECONDS', {
        fallback: 86_400,
        min: 60,
        max: 31_536_000,
      }),
    },
  };
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) deepFreeze(member);
  }
  return Object.freeze(value);
}
