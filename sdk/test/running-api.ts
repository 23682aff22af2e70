import { startAuth } from '../../src/kernel/auth/start-auth.ts';
import { loadConfig } from '../../src/kernel/config/load-config.ts';
import type { Database } from '../../src/kernel/database/database.ts';
import { systemClock } from '../../src/kernel/domain/clock.ts';
import { startTestApp } from '../../src/testing/app.ts';
import { createTestDatabase } from '../../src/testing/database.ts';
import { startFakeIdentity } from '../../src/testing/identity.ts';
import { createClient, type CallOptions, type ClientOptions, type RecipeContent } from '../src/index.ts';

/** The API with a server, a database and an Identity service of its own. */
export interface RunningApi extends AsyncDisposable {
  readonly origin: string;
  readonly database: Database;
  readonly identity: Awaited<ReturnType<typeof startFakeIdentity>>;
  /** The options of calls as somebody. */
  readonly as: (subject: string, options?: Partial<ClientOptions>) => CallOptions;
}

/** Starts it. */
export async function startApi(): Promise<RunningApi> {
  const resources = new AsyncDisposableStack();
  const identity = resources.use(await startFakeIdentity());
  const { database, url } = resources.use(await createTestDatabase());
  const { auth: config } = loadConfig({
    DATABASE_URL: url,
    AUTH_JWKS_URL: identity.jwksUrl,
    AUTH_ISSUER: identity.issuer,
    AUTH_AUDIENCE: identity.audience,
  });
  const auth = await startAuth({ config, clock: systemClock, log: { info() {}, warn() {} } });
  resources.defer(() => auth.stop());
  const { origin } = resources.use(await startTestApp({ database, authenticators: auth.authenticators }));
  return {
    origin,
    database,
    identity,
    as: (subject, options = {}) => {
      const token = identity.token({ claims: { sub: subject } });
      return { client: createClient({ baseUrl: origin, auth: token, ...options }) };
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** A recipe to begin with. */
export const SOUP: RecipeContent = {
  title: 'Tomato soup',
  servings: 4,
  ingredients: [{ name: 'tomatoes', quantity: '1.50', unit: 'kg' }],
  steps: ['Cook.'],
  tags: ['soup'],
};
