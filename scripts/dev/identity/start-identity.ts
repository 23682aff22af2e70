import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';

import { errorCode } from '../../diagnostics/error-code.ts';
import { listenNear } from '../listen-near.ts';

/** The local Identity service, serving. */
export interface RunningIdentity {
  /** The `iss` of its tokens, and where it listens: `http://127.0.0.1:4001`. */
  readonly url: string;
  readonly jwksUrl: string;
  readonly port: number;
  stop(): Promise<void>;
}

export interface StartIdentityOptions {
  /** Users, sessions, keys and the secret live here and survive restarts. */
  readonly dataDir: string;
  /** The wanted port; a near one is taken when it is not free. */
  readonly port: number;
  /** The `aud` of its tokens. */
  readonly audience: string;
}

/**
 * Starts better-auth with its jwt plugin on 127.0.0.1: sign-up and sign-in by e-mail, tokens signed with EdDSA, and the
 * public keys at `/api/auth/jwks`. For development: it checks no e-mail address and limits no rate.
 */
export async function startIdentity(options: StartIdentityOptions): Promise<RunningIdentity> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const server = createServer();
  const port = await listenNear(server, options.port);
  const url = `http://127.0.0.1:${port}`;
  const database = new DatabaseSync(join(options.dataDir, 'identity.sqlite'));
  try {
    const auth = await createAuth({ ...options, url, database });
    serve(server, toNodeHandler(auth));
  } catch (error) {
    server.close();
    database.close();
    throw error;
  }
  return {
    url,
    jwksUrl: `${url}/api/auth/jwks`,
    port,
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      database.close();
    },
  };
}

async function createAuth(
  options: StartIdentityOptions & { readonly url: string; readonly database: DatabaseSync },
): Promise<{ handler: (request: Request) => Promise<Response> }> {
  const configuration = {
    baseURL: options.url,
    secret: await readSecret(join(options.dataDir, 'secret')),
    database: options.database,
    emailAndPassword: { enabled: true, requireEmailVerification: false },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error' },
    trustedOrigins: ['http://localhost:*', 'http://127.0.0.1:*'],
    plugins: [
      jwt({
        jwt: {
          issuer: options.url,
          audience: options.audience,
          expirationTime: '15m',
          // Without this the whole user, e-mail address included, would travel in every token.
          definePayload: () => ({}),
        },
      }),
    ],
  } satisfies BetterAuthOptions;
  const { runMigrations } = await getMigrations(configuration);
  await runMigrations();
  const auth = betterAuth(configuration);
  // The first question for keys makes one: asked here, so that the keys are there before anyone else asks.
  await auth.handler(new Request(`${options.url}/api/auth/jwks`));
  return auth;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function serve(server: Server, handle: Handle): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    allowLocalOrigin(request, response);
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    if (request.url === '/') {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('The local Identity service: /api/auth/{sign-up/email,sign-in/email,token,jwks}\n');
      return;
    }
    handle(request, response).catch(() => response.destroy());
  });
}

/** Web apps under development call from another port of this machine, with their session cookie. */
function allowLocalOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  response.setHeader('vary', 'Origin');
  if (origin === undefined || !/^http:\/\/(localhost|127\.0\.0\.1)(:[0-9]+)?$/.test(origin)) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-headers', 'content-type, authorization');
  response.setHeader('access-control-allow-methods', 'GET, POST');
}

/** Encrypts the signing keys at rest and signs sessions: made once, then kept, or stored keys could not be read. */
async function readSecret(path: string): Promise<string> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(randomBytes(32).toString('base64url'));
    await file.close();
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  return readFile(path, 'utf8');
}
