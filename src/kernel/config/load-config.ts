import { readFileSync } from 'node:fs';

import type { AuthConfig, Config, DatabaseConfig, ServerConfig } from './config.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { createEnvironmentSchema, type Environment } from './environment.ts';
import type { Variables } from './process-variables.ts';

/** A server that could still answer is given this much longer than the statement may take. */
const SILENT_SERVER_MS = 2000;

/** In development a person reads the log; a test has to fail to be seen. */
const REFEREE_BY_DEFAULT = { development: 'log', test: 'enforce', production: 'off' } as const;

/** Holds a password, so it may also be given as the path of a file. */
const SECRET = 'DATABASE_URL';
const SECRET_FILE = `${SECRET}_FILE`;

/**
 * The environment, checked whole before anything is opened, and frozen. An empty variable counts as missing.
 *
 * @throws {ConfigError} naming every variable that is missing or not usable, without its value.
 */
export function loadConfig(variables: Variables): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const secret = readSecret(given);
  const { data, error } = createEnvironmentSchema(given).safeParse({ ...given, [SECRET]: secret.value });
  if (data !== undefined) return deepFreeze(toConfig(data));
  const problems = new Map<string, ConfigProblem>();
  for (const { path, message } of error.issues) {
    const [name] = path;
    const problem =
      name === SECRET
        ? { variable: secret.variable, expected: secret.problem ?? message }
        : { variable: String(name), expected: message };
    if (!problems.has(problem.variable)) problems.set(problem.variable, problem);
  }
  throw new ConfigError([...problems.values()]);
}

/** Every name that `loadConfig` reads. */
export function configVariables(): readonly string[] {
  return [...Object.keys(createEnvironmentSchema({}).shape), SECRET_FILE];
}

interface Secret {
  /** The variable that the value came from. */
  readonly variable: string;
  readonly value?: string | undefined;
  readonly problem?: string;
}

/** Given by value or as the path of a file (`<name>_FILE`), not both. */
function readSecret(variables: Variables): Secret {
  const value = variables[SECRET];
  const path = variables[SECRET_FILE];
  if (path === undefined) return { variable: SECRET, value };
  if (value !== undefined) {
    return { variable: SECRET, problem: `is set together with ${SECRET_FILE}; only one of them can be` };
  }
  const variable = SECRET_FILE;
  try {
    // Orchestrators mount secrets as files, usually with a line feed at the end.
    const content = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return content === '' ? { variable, problem: 'names an empty file' } : { variable, value: content };
  } catch {
    return { variable, problem: 'names a file that cannot be read' };
  }
}

function toConfig(environment: Environment): Config {
  const { NODE_ENV, METRICS_PORT, RATE_LIMIT_REQUESTS: requests } = environment;
  return {
    environment: NODE_ENV,
    workers: environment.WORKERS,
    server: toServer(environment),
    metrics: { port: METRICS_PORT === 0 ? undefined : METRICS_PORT },
    database: toDatabase(environment),
    auth: toAuth(environment),
    log: { level: environment.LOG_LEVEL },
    cors: { allowedOrigins: environment.CORS_ALLOWED_ORIGINS },
    requestReferee: environment.REQUEST_REFEREE ?? REFEREE_BY_DEFAULT[NODE_ENV],
    responseValidation: environment.RESPONSE_VALIDATION ?? (NODE_ENV === 'production' ? 'off' : 'enforce'),
    rateLimit: {
      quota: requests === 0 ? undefined : { requests, windowSeconds: environment.RATE_LIMIT_WINDOW_SECONDS },
      store: environment.RATE_LIMIT_STORE,
    },
    idempotencyTtlSeconds: environment.IDEMPOTENCY_KEY_TTL_SECONDS,
  };
}

function toServer(environment: Environment): ServerConfig {
  return {
    host: environment.HOST,
    port: environment.PORT,
    bodyLimitBytes: environment.BODY_LIMIT_BYTES,
    trustedProxies: environment.TRUSTED_PROXIES,
    headersTimeoutMs: environment.HEADERS_TIMEOUT_MS,
    requestTimeoutMs: environment.REQUEST_TIMEOUT_MS,
    keepAliveTimeoutMs: environment.KEEP_ALIVE_TIMEOUT_MS,
    drainDelayMs: environment.DRAIN_DELAY_MS,
    drainTimeoutMs: environment.DRAIN_TIMEOUT_MS,
  };
}

function toDatabase(environment: Environment): DatabaseConfig {
  return {
    url: environment.DATABASE_URL,
    poolSize: environment.DATABASE_POOL_SIZE,
    acquireTimeoutMs: environment.DATABASE_ACQUIRE_TIMEOUT_MS,
    statementTimeoutMs: environment.DATABASE_STATEMENT_TIMEOUT_MS,
    queryTimeoutMs: environment.DATABASE_STATEMENT_TIMEOUT_MS + SILENT_SERVER_MS,
    lockTimeoutMs: environment.DATABASE_LOCK_TIMEOUT_MS,
    idleInTransactionTimeoutMs: environment.DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS,
    isPooled: environment.DATABASE_POOLED,
  };
}

function toAuth(environment: Environment): AuthConfig {
  return {
    jwksUrl: environment.AUTH_JWKS_URL,
    issuer: environment.AUTH_ISSUER,
    audience: environment.AUTH_AUDIENCE,
    algorithms: environment.AUTH_ALGORITHMS,
    tokenType: environment.AUTH_JWT_TYP,
    clockToleranceSeconds: environment.AUTH_CLOCK_TOLERANCE_SECONDS,
    maxTokenLifetimeSeconds: environment.AUTH_MAX_TOKEN_LIFETIME_SECONDS,
    tokenCacheSize: environment.AUTH_TOKEN_CACHE_SIZE,
    jwks: {
      refreshSeconds: environment.AUTH_JWKS_REFRESH_SECONDS,
      cooldownSeconds: environment.AUTH_JWKS_COOLDOWN_SECONDS,
      timeoutMs: environment.AUTH_JWKS_TIMEOUT_MS,
      startTimeoutSeconds: environment.AUTH_JWKS_START_TIMEOUT_SECONDS,
      maxStaleSeconds: environment.AUTH_JWKS_MAX_STALE_SECONDS,
    },
  };
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) deepFreeze(member);
  }
  return Object.freeze(value);
}
