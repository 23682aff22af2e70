import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Authenticators } from '#kernel/contract/authenticator.ts';
import { BindingError } from '#kernel/contract/check-bindings.ts';
import { ContractRuntime } from '#kernel/contract/contract-runtime.ts';
import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { ResponseChecks } from '#kernel/contract/runtime-options.ts';
import type { Database } from '#kernel/database/database.ts';
import { createAmbientDatabase } from '#kernel/database/ambient-database.ts';
import type { Clock } from '#kernel/domain/clock.ts';
import { Idempotency } from '#kernel/idempotency/idempotency.ts';
import { logAccess } from '#kernel/middleware/access-log.ts';
import { answerError } from '#kernel/middleware/answer-error.ts';
import { answerCors } from '#kernel/middleware/cors.ts';
import { guardRawRequest } from '#kernel/middleware/raw-guards.ts';
import { openScope, scopeOf } from '#kernel/middleware/request-scope.ts';
import { Readiness } from '#kernel/operational/health.ts';
import { OperationalEndpoints } from '#kernel/operational/operational-endpoints.ts';
import type { Quota } from '#kernel/contract/extensions/rate-limit.ts';
import { isForwardedTls } from '#kernel/rate-limit/client-address.ts';
import { PgRateStore } from '#kernel/rate-limit/pg-rate-store.ts';
import { RateLimiter } from '#kernel/rate-limit/rate-limiter.ts';
import { TrustedProxies } from '#kernel/rate-limit/trusted-proxies.ts';
import { createRecipeModule } from '#modules/recipe/module.ts';

/** What the app is composed of; `main.ts` and the tests make it. */
export interface AppOptions {
  readonly database: Database;
  readonly authenticators: Authenticators;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly bodyLimitBytes: number;
  /** Origins exactly as browsers send them; empty: no CORS header is ever sent. */
  readonly allowedOrigins: readonly string[];
  readonly responseChecks: ResponseChecks;
  /** What a caller may do; left out: only what the contract limits with `x-rate-limit` is limited. */
  readonly rateLimit?: { readonly quota: Quota | undefined; readonly store: 'memory' | 'postgres' };
  /** Addresses and ranges of the proxies whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies?: readonly string[];
  /** How long the answers to requests with an `Idempotency-Key` are kept; a day when left out. */
  readonly idempotencyTtlSeconds?: number;
}

const SECONDS_PER_DAY = 86_400;
const STRICT_TRANSPORT = 'max-age=31536000';

/** The app, ready to serve: every contract is compiled. */
export interface App {
  readonly handler: RequestListener;
  /** Turned off when the process begins to end: readiness fails and connections are not kept. */
  readonly readiness: Readiness;
}

/** What serves a contract, whatever its modules; `createApp` gives it this API's. */
export interface ContractAppOptions extends Pick<
  AppOptions,
  'authenticators' | 'logger' | 'bodyLimitBytes' | 'allowedOrigins' | 'responseChecks' | 'trustedProxies'
> {
  readonly modules: readonly ModuleBinding[];
  readonly database: Pick<Database, 'ping'>;
  readonly rateLimiter?: RateLimiter;
  readonly idempotency?: Idempotency;
  /** Folder with the joined contract, `openapi.yaml` and `openapi.json`; ends in `/`. */
  readonly documents: URL;
}

/**
 * Composes this API: the kernel and every module.
 *
 * @throws {BindingError} when contract, handlers and security do not match.
 */
export function createApp(options: AppOptions): Promise<App> {
  const { clock, logger, trustedProxies = [], rateLimit, idempotencyTtlSeconds } = options;
  // Modules work on the ambient database, so that all they do for an idempotent request is one transaction.
  const database = createAmbientDatabase(options.database);
  const recipe = createRecipeModule({ database, clock });
  return createContractApp({
    ...options,
    database,
    rateLimiter: new RateLimiter({
      quota: rateLimit?.quota,
      ...(rateLimit?.store === 'postgres' ? { store: new PgRateStore(options.database) } : {}),
      trustedProxies: new TrustedProxies(trustedProxies),
      logger,
    }),
    idempotency: new Idempotency({ database, ttlSeconds: idempotencyTtlSeconds ?? SECONDS_PER_DAY }),
    modules: [recipe.binding],
    documents: new URL('../generated/', import.meta.url),
  });
}

/**
 * An Express app that serves modules by their contracts.
 *
 * @throws {BindingError} when contract, handlers and security do not match.
 */
export async function createContractApp(options: ContractAppOptions): Promise<App> {
  const { documents, database, modules } = options;
  const readiness = new Readiness();
  const title = await readTitle(documents);
  const operational = new OperationalEndpoints({ readiness, database, documents, title });
  checkOperationalPaths(modules, operational);
  const runtime = await ContractRuntime.create(options);

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.use(openRequest(options, readiness, runtime.maxBodyBytes));
  app.use(serveOperational(operational));
  app.use(serveContract(runtime));
  app.use(answerErrors(options.logger));
  return { handler: app, readiness };
}

/** Identity, log line and CORS come first, so that a refusal has them too; then what makes a request ambiguous. */
function openRequest(
  { logger, allowedOrigins, trustedProxies = [] }: ContractAppOptions,
  readiness: Readiness,
  maxBodyBytes: number,
): RequestHandler {
  const origins = new Set(allowedOrigins);
  const proxies = new TrustedProxies(trustedProxies);
  return (request, response, next) => {
    const scope = openScope(request, response);
    logAccess(request, response, scope, logger);
    if (readiness.isDraining) response.setHeader('connection', 'close');
    // RFC 6797 section 7.2: only over an encrypted connection, which here ends at the proxy.
    if (!proxies.isEmpty && isForwardedTls(request, proxies)) {
      response.setHeader('strict-transport-security', STRICT_TRANSPORT);
    }
    guardRawRequest(request, { maxBodyBytes });
    if (!answerCors(request, response, origins)) next();
  };
}

function serveOperational(operational: OperationalEndpoints): RequestHandler {
  return async (request, response, next) => {
    if (!(await operational.serve(request, response))) next();
  };
}

function serveContract(runtime: ContractRuntime): RequestHandler {
  return async (request, response) => {
    await runtime.serve(request, response);
  };
}

function answerErrors(logger: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    answerError(request, response, scopeOf(request), error, logger);
  };
}

function checkOperationalPaths(modules: readonly ModuleBinding[], { paths }: OperationalEndpoints): void {
  const taken = modules.flatMap(({ name, operations }) =>
    Object.values(operations)
      .filter(({ path }) => paths.includes(path))
      .map(({ path }) => `Module ${name} claims the path ${path}, which is operational.`),
  );
  if (taken.length > 0) throw new BindingError([...new Set(taken)]);
}

/** @throws {Error} when the joined contract has not been generated. */
async function readTitle(documents: URL): Promise<string> {
  const file = new URL('openapi.json', documents);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`The joined contract ${file.pathname} cannot be read: run npm run generate.`, {
      cause: error,
    });
  }
  const title = /"title":\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  const parsed: unknown = title === undefined ? 'API reference' : JSON.parse(title);
  return String(parsed);
}
