import { loadConfig } from '#kernel/config/load-config.ts';
import { startAuth } from '#kernel/auth/start-auth.ts';
import { createDatabase } from '#kernel/database/create-database.ts';
import type { Database } from '#kernel/database/database.ts';
import { systemClock, type Clock } from '#kernel/domain/clock.ts';
import type { AppOptions } from '../../../app.ts';
import { startTestApp, type TestRequest } from '../../../testing/app.ts';
import { createTestDatabase } from '../../../testing/database.ts';
import { startFakeIdentity } from '../../../testing/identity.ts';

/** This API over a database of its own, and people who call it. */
export interface RecipeApp extends AsyncDisposable {
  readonly database: Database;
  /** Calls a path without credentials. */
  fetch(path: string, init?: TestRequest): Promise<Response>;
  /** Somebody with a token; the name is the token's `sub`. */
  person(subject: string): Person;
  /** Somebody whom nobody else is. */
  somebody(): Person;
}

/** Calls the API with one person's token. */
export type Person = (method: string, path: string, init?: TestRequest) => Promise<Response>;

/** Starts the API, its database and an Identity service. @param options of the app, where they are not a test's usual ones; a database that is migrated already. */
export async function startRecipeApp(
  clock: Clock = systemClock,
  {
    databaseUrl,
    ...options
  }: Pick<Partial<AppOptions>, 'rateLimit'> & { readonly databaseUrl?: string } = {},
): Promise<RecipeApp> {
  const resources = new AsyncDisposableStack();
  const identity = resources.use(await startFakeIdentity());
  const { database, url } = resources.use(await openDatabase(databaseUrl));
  const { auth: config } = loadConfig({
    DATABASE_URL: url,
    AUTH_JWKS_URL: identity.jwksUrl,
    AUTH_ISSUER: identity.issuer,
    AUTH_AUDIENCE: identity.audience,
  });
  const auth = await startAuth({ config, clock: systemClock, log: { info() {}, warn() {} } });
  resources.defer(() => auth.stop());
  const { authenticators } = auth;
  const app = resources.use(await startTestApp({ database, authenticators, clock, ...options }));
  const person = (subject: string): Person => {
    const token = identity.token({ claims: { sub: subject } });
    return async (method, path, init = {}) => app.fetch(path, { token, ...init, method });
  };
  let people = 0;
  return {
    database,
    fetch: async (path, init) => app.fetch(path, init),
    person,
    somebody() {
      people += 1;
      return person(`person-${people}`);
    },
    [Symbol.asyncDispose]: async () => resources.disposeAsync(),
  };
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
