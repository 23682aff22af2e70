import type { Database } from '../../../src/kernel/database/database.ts';
import { startAuthenticatedApp } from '../../../tests/kit/authenticated-app.ts';
import type { FakeIdentity } from '../../../tests/kit/identity.ts';
import { createClient, type CallOptions, type ClientOptions, type RecipeContent } from '../../src/index.ts';

/** The API with a server, a database and an Identity service of its own. */
export interface RunningApi extends AsyncDisposable {
  readonly origin: string;
  readonly database: Database;
  readonly identity: FakeIdentity;
  /** The options of calls as somebody. */
  readonly as: (subject: string, options?: Partial<ClientOptions>) => CallOptions;
}

/** Starts it. */
export async function startApi(): Promise<RunningApi> {
  const running = await startAuthenticatedApp();
  const { database, identity } = running;
  const { origin } = running.app;
  return {
    origin,
    database,
    identity,
    as: (subject, options = {}) => {
      const token = identity.token({ claims: { sub: subject } });
      return { client: createClient({ baseUrl: origin, auth: token, ...options }) };
    },
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
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
