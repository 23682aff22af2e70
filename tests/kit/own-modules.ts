import type { ServedModule } from '#kernel/contract/module-binding.ts';
import type { Database } from '#kernel/database/database.ts';
import { createApp } from '../../src/app.ts';
import { testDefaults } from './app.ts';
import { createFakeAuthenticators } from './fake-authenticators.ts';

/** A database that refuses all work, and is told of each try. */
export function noDatabase(tried: () => void = () => {}): Database {
  const refuse = (): Promise<never> => {
    tried();
    return Promise.reject(new Error('There is no database.'));
  };
  return { query: refuse, transaction: refuse, ping: refuse, close: () => Promise.resolve() };
}

/** The modules that this API serves, to read their contracts: they have no database. */
export async function readOwnModules(): Promise<readonly ServedModule[]> {
  const { modules } = await createApp({
    ...testDefaults(),
    database: noDatabase(),
    authenticators: createFakeAuthenticators(),
  });
  return modules;
}
