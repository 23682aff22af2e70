/** The app as it is deployed, for tests: built and served, with the real API, Identity service and PostgreSQL behind it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

import { preview } from 'vite';

import { requestToken, type LocalUser } from '../../../scripts/dev/identity/request-token.ts';
import { startIdentity } from '../../../scripts/dev/identity/start-identity.ts';
import { createClient, createRecipe, unwrap, type Client, type Recipe } from '../../../sdk/src/index.ts';
import { startAuth } from '../../../src/kernel/auth/start-auth.ts';
import { loadConfig } from '../../../src/kernel/config/load-config.ts';
import type { Authenticator } from '../../../src/kernel/contract/ports.ts';
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
  /** A client for a user, who is signed up when new. */
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
  let skewMs = 0;
  const clock = { now: () => new Date(Date.now() + skewMs) };
  const auth = await startAuth({ config, clock, log: { info() {}, warn() {} } });
  starting.defer(() => auth.stop());
  const { bearerAuth } = auth.authenticators;
  if (bearerAuth === undefined) throw new Error('The API has no bearer authentication.');
  const bearer = bearerAuth;
  const forgiving: Authenticator = {
    scheme: bearer.scheme,
    missingCredentials: () => bearer.missingCredentials(),
    insufficientScope: (scopes) => bearer.insufficientScope(scopes),
    async authenticate(credentials) {
      try {
        return await bearer.authenticate(credentials);
      } catch (error) {
        skewMs = 0;
        throw error;
      }
    },
  };
  const api = starting.use(await startTestApp({ database, authenticators: { bearerAuth: forgiving } }));
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
  const clientOf = async (user: LocalUser): Promise<Client> =>
    createClient({ baseUrl: api.origin, auth: await requestToken(identity.url, user) });
  const parts = starting.move();
  return {
    origin,
    gate,
    clientOf,
    async expireTokens() {
      // A token issued within the same second as the last one has the same text: claims count in seconds, and Ed25519
      // signatures are deterministic. The app would rightly take it for the one that was refused.
      await sleep(1100);
      skewMs = LONGER_THAN_A_TOKEN_LIVES_MS;
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
