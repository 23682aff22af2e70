/** All that the environment decides, checked and frozen. `load-config.ts` makes it; nothing else reads variables. */
export interface Config {
  /** `development` and `test` check responses against the contract and name the cause of a failure in the log. */
  readonly environment: Environment;
  /** Processes that serve; with more than one, another process starts and watches them. */
  readonly workers: number;
  readonly server: ServerConfig;
  readonly database: DatabaseConfig;
  readonly auth: AuthConfig;
  readonly log: { readonly level: LogLevel };
  readonly metrics: {
    /** Where metrics are served, on the host of the API; undefined: nowhere. */
    readonly port: number | undefined;
  };
  readonly cors: {
    /** Origins exactly as browsers send them, `https://app.example`; empty: no CORS header is ever sent. */
    readonly allowedOrigins: readonly string[];
  };
  readonly responseValidation: ResponseValidation;
  readonly requestReferee: RequestReferee;
  readonly rateLimit: RateLimitConfig;
  /** How long the answers to requests with an `Idempotency-Key` are kept. */
  readonly idempotencyTtlSeconds: number;
}

export const ENVIRONMENTS = ['development', 'test', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a response that breaks the contract leads to: a 500, a line in the log, or nothing (it is not looked at). */
export const RESPONSE_VALIDATIONS = ['enforce', 'log', 'off'] as const;
export type ResponseValidation = (typeof RESPONSE_VALIDATIONS)[number];

/**
 * What happens when express-openapi-validator, which reads every request a second time, comes to another verdict than this runtime: a line in
 * the log, a 500, or nothing, because it is not loaded.
 */
export const REQUEST_REFEREES = ['off', 'log', 'enforce'] as const;
export type RequestReferee = (typeof REQUEST_REFEREES)[number];

/** Names of the one signature scheme, Ed25519: `EdDSA` of RFC 8037 and `Ed25519` of RFC 9864. */
export const SIGNATURE_ALGORITHMS = ['EdDSA', 'Ed25519'] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** Where callers are counted: in each process (each worker is one), or in PostgreSQL for all of them together. */
export const RATE_LIMIT_STORES = ['memory', 'postgres'] as const;

export interface RateLimitConfig {
  /** What a subject may do, or an address without good credentials; undefined: no limit beside those of the contract. */
  readonly quota: { readonly requests: number; readonly windowSeconds: number } | undefined;
  readonly store: (typeof RATE_LIMIT_STORES)[number];
}

export interface ServerConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly bodyLimitBytes: number;
  /** Addresses and CIDR ranges of the proxies whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** Longer than the load balancer's, so that it is never the API that closes a connection about to be used. */
  readonly keepAliveTimeoutMs: number;
  /** Time from SIGTERM, when readiness goes off, until new connections are refused. */
  readonly drainDelayMs: number;
  /** Time that requests under way then have to end. */
  readonly drainTimeoutMs: number;
}

export interface DatabaseConfig {
  /** Holds the password: never printed. */
  readonly url: string;
  /** Most connections of one process: workers have so many each. */
  readonly poolSize: number;
  /** How long a request waits for a free or a new connection before it is answered 503. */
  readonly acquireTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly idleInTransactionTimeoutMs: number;
  /** How long to wait for a server that has gone silent: longer than a statement may take. */
  readonly queryTimeoutMs: number;
  /** True behind PgBouncer in transaction mode, which can carry neither named statements nor start-up parameters. */
  readonly isPooled: boolean;
}

export interface AuthConfig {
  readonly jwksUrl: string;
  /** Compared character by character: `https://id` is not `https://id/`. */
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly SignatureAlgorithm[];
  /** Mandatory `typ` of tokens, such as `at+jwt` (RFC 9068 section 4); undefined: absent or `JWT`. */
  readonly tokenType: string | undefined;
  readonly clockToleranceSeconds: number;
  readonly maxTokenLifetimeSeconds: number;
  /** Verified tokens remembered; 0 verifies every token each time. */
  readonly tokenCacheSize: number;
  readonly jwks: JwksConfig;
}

export interface JwksConfig {
  readonly refreshSeconds: number;
  /** In that time, unknown key ids cause two fetches at most. */
  readonly cooldownSeconds: number;
  readonly timeoutMs: number;
  /** How long the start waits for the first good answer, retries included. */
  readonly startTimeoutSeconds: number;
  /** How long keys are trusted without one successful refresh. */
  readonly maxStaleSeconds: number;
}
