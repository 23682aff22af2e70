/** The app as it is deployed, for tests: built and served, with the real API, Identity service and PostgreSQL behind it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

import { decodeJwt } from 'jose';
import { preview } from 'vite';

import { requestToken, type LocalUser } from '../../../scripts/dev/identity/request-token.ts';
import { startIdentity } from '../../../scripts/dev/identity/start-identity.ts';
import { createClient, createRecipe, unwrap, type Client, type Recipe } from '../../../sdk/src/index.ts';
import { startAuth } from '../../../src/kernel/auth/start-auth.ts';
import { loadConfig } from '../../../src/kernel/config/load-config.ts';
import type { Authenticator, Credentials } from '../../../src/kernel/contract/ports.ts';
import { startTestApp } from '../../../tests/kit/app.ts';
import { createTestDatabase } from '../../../tests/kit/database.ts';
import { apiProxy } from '../vite-proxy.ts';
import { openGate, type Gate } from './gate.ts';
import { RECIPES } from './sample-recipes.ts';

const AUDIENCE = 'http://api.test';
const LONGER_THAN_A_TOKEN_LIVES_MS = 16 * 60_000;

/** Everything that runs behind one test file; stopped at the end of its scope. */
export interface Kitchen extends AsyncDisposable {
  /** Where the browser goes. */
  readonly origin: string;
  /** Between the app and the API. */
  readonly gate: Gate;
  /** Makes the tokens issued so far expire; tokens issued afterwards are accepted. */
  expireTokens(): Promise<void>;
  /** A client for a user, who is signed up when new; it gets a new token when one expires. */
  clientOf(user: LocalUser): Promise<Client>;
  /** Creates the sample recipes for a user. */
  stock(user: LocalUser): Promise<readonly Recipe[]>;
}

/** Starts everything; the app must have been built. */
export async function startKitchen(): Promise<Kitchen> {
  await using starting = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'kitchen-'));
  starting.defer(() => rm(folder, { recursive: true, force: true }));
  const identity = await startIdentity({ dataDir: folder, port: 0, audience: AUDIENCE });
  starting.defer(() => identity.stop());
  const { database, url } = starting.use(await createTestDatabase());
  const { auth: config } = loadConfig({
    DATABASE_URL: url,
    AUTH_JWKS_URL: identity.jwksUrl,
    AUTH_ISSUER: identity.url,
    AUTH_AUDIENCE: AUDIENCE,
  });
  const authenticatorAfter = async (ms: number): Promise<Authenticator> => {
    const clock = { now: () => new Date(Date.now() + ms) };
    const auth = await startAuth({ config, clock, log: { info() {}, warn() {} } });
    starting.defer(() => auth.stop());
    const { bearerAuth } = auth.authenticators;
    if (bearerAuth === undefined) throw new Error('The API has no bearer authentication.');
    return bearerAuth;
  };
  const now = await authenticatorAfter(0);
  const later = await authenticatorAfter(LONGER_THAN_A_TOKEN_LIVES_MS);
  /** Tokens issued before are expired, no matter who sends them or however often. Seconds since the epoch. */
  let oldestToken = 0;
  const bearerAuth: Authenticator = {
    ...now,
    authenticate: (credentials) =>
      (issuedAt(credentials) < oldestToken ? later : now).authenticate(credentials),
  };
  const api = starting.use(await startTestApp({ database, authenticators: { bearerAuth } }));
  const gate = starting.use(await openGate(new URL(api.origin)));
  const server = await preview({
    root: join(import.meta.dirname, '..'),
    logLevel: 'silent',
    build: { outDir: env['WEB_DIST'] ?? 'dist' },
    preview: { port: 0, strictPort: false, open: false, proxy: apiProxy(gate.origin, identity.url) },
  });
  starting.defer(() => server.close());
  const origin = server.resolvedUrls?.local[0]?.replace(/\/$/, '');
  if (origin === undefined) throw new Error('Vite does not say where it serves.');
  const clientOf = async (user: LocalUser): Promise<Client> => {
    let token = await requestToken(identity.url, user);
    return createClient({
      baseUrl: api.origin,
      auth: async ({ rejected }) => {
        if (rejected === token) token = await requestToken(identity.url, user);
        return token;
      },
    });
  };
  const parts = starting.move();
  return {
    origin,
    gate,
    clientOf,
    async expireTokens() {
      // Claims count in whole seconds, so a token of this second could be one of before or of afterwards.
      const nextSecond = Math.floor(Date.now() / 1000) + 1;
      while (Date.now() < nextSecond * 1000) await sleep(nextSecond * 1000 - Date.now());
      oldestToken = nextSecond;
    },
    async stock(user) {
      const client = await clientOf(user);
      const kept: Recipe[] = [];
      for (const body of RECIPES) kept.push(await unwrap(createRecipe({ body }, { client })));
      return kept;
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** When the token of a request was issued, in seconds since the epoch; 0 when it has none. */
function issuedAt(credentials: Credentials): number {
  const [, token] = /^bearer (.+)$/i.exec(credentials.headerLines('authorization')[0] ?? '') ?? [];
  return token === undefined ? 0 : (decodeJwt(token).iat ?? 0);
}
