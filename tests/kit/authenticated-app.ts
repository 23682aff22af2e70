import { startAuth } from '#kernel/auth/start-auth.ts';
import { loadConfig } from '#kernel/config/load-config.ts';
import { createDatabase } from '#kernel/database/create-database.ts';
import type { Database } from '#kernel/database/database.ts';
import { systemClock } from '#kernel/domain/clock.ts';
import type { AppOptions } from '../../src/app.ts';
import { startTestApp, type TestApi } from './app.ts';
import { createTestDatabase } from './database.ts';
import { startFakeIdentity, type FakeIdentity } from './identity.ts';

/** This API as it is deployed: a database and an Identity service of its own, whose tokens it verifies. */
export interface AuthenticatedApp extends AsyncDisposable {
  readonly app: TestApi;
  readonly database: Database;
  readonly identity: FakeIdentity;
}

/** Starts it. @param options of the app, where they are not a test's usual ones; a database that is migrated already. */
export async function startAuthenticatedApp({
  databaseUrl,
  ...options
}: Partial<Omit<AppOptions, 'database' | 'authenticators'>> & {
  readonly databaseUrl?: string | undefined;
} = {}): Promise<AuthenticatedApp> {
  await using starting = new AsyncDisposableStack();
  const identity = starting.use(await startFakeIdentity());
  const { database, url } = starting.use(await openDatabase(databaseUrl));
  const { auth: config } = loadConfig({
    DATABASE_URL: url,
    AUTH_JWKS_URL: identity.jwksUrl,
    AUTH_ISSUER: identity.issuer,
    AUTH_AUDIENCE: identity.audience,
  });
  const auth = await startAuth({ config, clock: systemClock, log: { info() {}, warn() {} } });
  starting.defer(() => auth.stop());
  const { authenticators } = auth;
  const app = starting.use(await startTestApp({ database, authenticators, ...options }));
  const resources = starting.move();
  return { app, database, identity, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

/** One that a test has made and migrated, or the usual one. */
async function openDatabase(
  url: string | undefined,
): Promise<AsyncDisposable & { readonly database: Database; readonly url: string }> {
  if (url === undefined) {
    return createTestDatabase();
  }
  const database = createDatabase({ url, poolSize: 5 });
  return { database, url, [Symbol.asyncDispose]: () => database.close() };
}
