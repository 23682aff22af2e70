import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, type AppOptions } from '../../src/app.ts';
import type { App } from '#kernel/app/contract-app.ts';
import type { ServedModule } from '#kernel/contract/module-binding.ts';
import { createHttpServer } from '#kernel/http/server/http-server.ts';
import { createLogger } from '#kernel/http/middleware/logger.ts';
import { createReferee } from '#kernel/referee/referee.ts';
import { systemClock } from '#kernel/domain/clock.ts';

/** An app in this process, on a free port of 127.0.0.1; closed at the end of its scope. */
export interface TestApp extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly origin: string;
  readonly app: App;
  /** Calls a path of the app. A `json` member becomes the body, with its content type. */
  fetch(path: string, init?: TestRequest): Promise<Response>;
}

/** This API in this process, and what it serves. */
export interface TestApi extends TestApp {
  readonly modules: readonly ServedModule[];
}

export interface TestRequest extends RequestInit {
  readonly json?: unknown;
  /** Becomes the `Authorization: Bearer` header. */
  readonly token?: string;
}

/** Limits that tests can reach without sending much. */
const TEST_BODY_LIMIT_BYTES = 1024 * 1024;

/**
 * Starts this API for a test: responses are held to the contract, the log is silent.
 *
 *     await using api = await startTestApp({ database, authenticators });
 */
export async function startTestApp(
  options: Partial<AppOptions> & Pick<AppOptions, 'database' | 'authenticators'>,
): Promise<TestApi> {
  const api = await createApp({ ...testDefaults(), ...options });
  return { ...(await serveTestApp(api)), modules: api.modules };
}

/** Options that most tests share: the log is silent, and a request that express-openapi-validator reads otherwise is a 500. */
export function testDefaults(): Omit<AppOptions, 'database' | 'authenticators'> {
  const logger = createLogger({ level: 'silent' });
  return {
    logger,
    referee: createReferee({ mode: 'enforce', logger, limitBytes: TEST_BODY_LIMIT_BYTES }),
    clock: systemClock,
    bodyLimitBytes: TEST_BODY_LIMIT_BYTES,
    allowedOrigins: [],
    responseChecks: 'enforce',
  };
}

/** Serves an app with the real server's settings. */
export async function serveTestApp(app: App): Promise<TestApp> {
  const server = createHttpServer(app.handler, {
    headersTimeoutMs: 10_000,
    requestTimeoutMs: 30_000,
    keepAliveTimeoutMs: 5000,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${portOf(server)}`;
  return {
    origin,
    app,
    fetch: (path, init = {}) => fetch(origin + path, toRequestInit(init)),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function toRequestInit({ json, token, ...init }: TestRequest): RequestInit {
  const headers = new Headers(init.headers);
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (json === undefined) return { ...init, headers };
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return { ...init, headers, body: JSON.stringify(json) };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen.');
  return address.port;
}
