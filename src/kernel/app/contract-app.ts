import type { RequestListener } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { BindingError, checkPublished } from '#kernel/contract/check-bindings.ts';
import { ContractRuntime } from '#kernel/contract/contract-runtime.ts';
import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { RuntimeOptions } from '#kernel/contract/runtime-options.ts';
import type { Database } from '#kernel/database/database.ts';
import { isForwardedTls, TrustedProxies } from '#kernel/http/client-address.ts';
import { openExchange, type Exchange } from '#kernel/http/exchange.ts';
import { logAccess } from '#kernel/http/middleware/access-log.ts';
import { answerError } from '#kernel/http/middleware/answer-error.ts';
import { answerCors, createCorsPolicy } from '#kernel/http/middleware/cors.ts';
import { guardRawRequest } from '#kernel/http/middleware/raw-guards.ts';
import { Readiness } from '#kernel/http/server/http-server.ts';
import {
  answerOperational,
  createOperationalEndpoints,
  type OperationalEndpoints,
} from '#kernel/operational/operational-endpoints.ts';
import { readServedContract } from '#kernel/operational/served-contract.ts';

/** What serves contracts, whatever their modules. */
export interface ContractAppOptions extends RuntimeOptions {
  readonly database: Pick<Database, 'ping'>;
  /** Origins exactly as browsers send them; empty: no CORS header is ever sent. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and ranges of the proxies whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies?: readonly string[];
  /**
   * Folder with the joined contract, `openapi.yaml` and `openapi.json`, and the checks that a build compiled, `<module>/checks.js`; ends in
   * `/`.
   */
  readonly documents: URL;
}

/** The app, ready to serve: every contract is bound to the code that keeps it. */
export interface App {
  readonly handler: RequestListener;
  /** Turned off when the process begins to end: readiness fails and connections are not kept. */
  readonly readiness: Readiness;
}

/** The layers of the app hand the exchange on in `response.locals`. */
interface Locals extends Record<string, unknown> {
  exchange: Exchange;
}

type Layer = RequestHandler<object, unknown, unknown, unknown, Locals>;
type ErrorLayer = ErrorRequestHandler<object, unknown, unknown, unknown, Locals>;

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
  const operational = createOperationalEndpoints({ readiness, database, contract });
  checkOperationalPaths(modules, operational);
  const runtime = await ContractRuntime.create({ compiledChecks: documents, ...options });
  checkPublished(contract.document, modules);

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.use(serveRequests(options, { readiness, operational, runtime }));
  app.use(answerErrors(logger));
  return { handler: app, readiness };
}

/** What answers requests. */
interface Served {
  readonly readiness: Readiness;
  readonly operational: OperationalEndpoints;
  readonly runtime: ContractRuntime;
}

/**
 * Serves a request from its first byte on, in one layer: Express takes longer from one layer to the next than most of these steps do.
 * Identity, log line and CORS come first, so that a refusal has them too; then what makes a request ambiguous.
 */
function serveRequests(
  { logger, allowedOrigins, trustedProxies = [] }: ContractAppOptions,
  { readiness, operational, runtime }: Served,
): Layer {
  const { maxBodyBytes } = runtime;
  const cors = createCorsPolicy(allowedOrigins, runtime.responseHeaders);
  const proxies = new TrustedProxies(trustedProxies);
  return async (request, response) => {
    const exchange = openExchange(request, response);
    response.locals.exchange = exchange;
    logAccess(exchange, logger);
    if (readiness.isDraining) response.setHeader('connection', 'close');
    // RFC 6797 section 7.2: only over an encrypted connection, which here ends at the proxy.
    if (!proxies.isEmpty && isForwardedTls(request, proxies)) {
      response.setHeader('strict-transport-security', STRICT_TRANSPORT);
    }
    guardRawRequest(request, { maxBodyBytes });
    if (answerCors(request, response, cors)) return;
    const endpoint = operational.get(exchange.pathname);
    await (endpoint === undefined ? runtime.serve(exchange) : answerOperational(exchange, endpoint));
  };
}

function answerErrors(logger: Logger): ErrorLayer {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, _next) => {
    answerError(response.locals.exchange, error, logger);
  };
}

function checkOperationalPaths(modules: readonly ModuleBinding[], operational: OperationalEndpoints): void {
  const taken = modules.flatMap(({ name, operations }) =>
    Object.values(operations)
      .filter(({ path }) => operational.has(path))
      .map(({ path }) => `Module ${name} claims the path ${path}, which is operational.`),
  );
  if (taken.length > 0) throw new BindingError([...new Set(taken)]);
}
