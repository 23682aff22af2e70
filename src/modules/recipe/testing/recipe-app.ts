import type { Database } from '#kernel/database/database.ts';
import { systemClock, type Clock } from '#kernel/domain/clock.ts';
import type { AppOptions } from '../../../app.ts';
import type { TestRequest } from '#tests/kit/app.ts';
import { startAuthenticatedApp } from '#tests/kit/authenticated-app.ts';

/** This API over a database of its own, and people who call it. */
export interface RecipeApp extends AsyncDisposable {
  readonly database: Database;
  /** Calls a path without credentials. */
  fetch(path: string, init?: TestRequest): Promise<Response>;
  /** Somebody with a token; the name is the token's `sub`. */
  person(subject: string): Person;
  /** A new user. */
  somebody(): Person;
}

/** Calls the API with one person's token. */
export type Person = (method: string, path: string, init?: TestRequest) => Promise<Response>;

/** Starts the API, its database and an Identity service. @param options of the app, where they are not a test's usual ones; a database that is migrated already. */
export async function startRecipeApp(
  clock: Clock = systemClock,
  options: Pick<Partial<AppOptions>, 'rateLimit'> & { readonly databaseUrl?: string } = {},
): Promise<RecipeApp> {
  const running = await startAuthenticatedApp({ clock, ...options });
  const { app, database, identity } = running;
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
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
