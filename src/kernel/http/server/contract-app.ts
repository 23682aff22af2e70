import type { RequestListener } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { BindingError } from '#kernel/contract/check-bindings.ts';
import { ContractRuntime } from '#kernel/contract/contract-runtime.ts';
import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { RuntimeOptions } from '#kernel/contract/runtime-options.ts';
import type { Database } from '#kernel/database/database.ts';
import { logAccess } from '#kernel/http/middleware/access-log.ts';
import { answerError } from '#kernel/http/middleware/answer-error.ts';
import { answerCors } from '#kernel/http/middleware/cors.ts';
import { guardRawRequest } from '#kernel/http/middleware/raw-guards.ts';
import { openScope, scopeOf } from '#kernel/http/middleware/request-scope.ts';
import { Readiness } from '#kernel/operational/health.ts';
import { OperationalEndpoints } from '#kernel/operational/operational-endpoints.ts';
import { readServedContract } from '#kernel/operational/served-contract.ts';
import { isForwardedTls } from '#kernel/rate-limit/client-address.ts';
import { TrustedProxies } from '#kernel/rate-limit/trusted-proxies.ts';

/** What serves contracts, whatever their modules. */
export interface ContractAppOptions extends RuntimeOptions {
  readonly database: Pick<Database, 'ping'>;
  /** Origins exactly as browsers send them; empty: no CORS header is ever sent. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and ranges of the proxies whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies?: readonly string[];
  /** Folder with the joined contract, `openapi.yaml` and `openapi.json`; ends in `/`. */
  readonly documents: URL;
}

/** The app, ready to serve: every contract is compiled. */
export interface App {
  readonly handler: RequestListener;
  /** Turned off when the process begins to end: readiness fails and connections are not kept. */
  readonly readiness: Readiness;
}

const STRICT_TRANSPORT = 'max-age=31536000';

/**
 * An Express app that serves modules by their contracts.
 *
 * @throws {BindingError} when contract, handlers and security do not match.
 * @throws {Error} when a contract cannot be compiled, or the joined one was not generated.
 */
export async function createContractApp(options: ContractAppOptions): Promise<App> {
  const { database, documents, modules, logger } = options;
  const readiness = new Readiness();
  const contract = await readServedContract(documents);
  const operational = new OperationalEndpoints({ readiness, database, contract });
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
  app.use(answerErrors(logger));
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
