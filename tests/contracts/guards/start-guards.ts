import contract from './generated/guards/contract.json' with { type: 'json' };
import type { GuardsHandlers } from './generated/guards/handlers.ts';
import { guardsOperations } from './generated/guards/operations.ts';
import type { AmbientDatabase } from '#kernel/database/ambient-database.ts';
import { bindModule, type ModuleBinding } from '#kernel/contract/module-binding.ts';
import { PgIdempotencyStore } from '#kernel/idempotency/idempotency.ts';
import type { Quota } from '#kernel/contract/ports.ts';
import { FixedWindowRateLimiter } from '#kernel/rate-limit/rate-limiter.ts';
import type { ResponseChecks } from '#kernel/contract/runtime-options.ts';
import type { RateStore } from '#kernel/rate-limit/rate-store.ts';
import { TrustedProxies } from '#kernel/http/client-address.ts';
import { createContractApp } from '#kernel/app/contract-app.ts';
import { serveTestApp, testDefaults, type TestApp } from '../../kit/app.ts';
import { createFakeAuthenticators } from '../../kit/fake-authenticators.ts';

const EXPECTED = new URL('./generated/', import.meta.url);
const ITEM = { name: 'spoon', count: 1 };

/** What a test decides about the app around the contract `guards`. */
export interface GuardsOptions {
  readonly handlers?: Partial<GuardsHandlers>;
  readonly quota?: Quota;
  readonly store?: RateStore;
  readonly trustedProxies?: readonly string[];
  /** Where answers are kept; without it the operations that take a key fail. */
  readonly database?: AmbientDatabase;
  readonly ttlSeconds?: number;
  readonly monotonicMs?: () => number;
  readonly responseChecks?: ResponseChecks;
}

const ECHOING: GuardsHandlers = {
  createItem: ({ body }) => Promise.resolve({ status: 201, body, headers: { location: '/items/1' } }),
  createOrder: ({ body }) => Promise.resolve({ status: 201, body, headers: { location: '/orders/1' } }),
  replaceItem: ({ body }) => Promise.resolve({ status: 200, body }),
  renameItem: ({ body }) => Promise.resolve({ status: 200, body }),
  getOld: () => Promise.resolve({ status: 200, body: ITEM }),
  getScoped: () => Promise.resolve({ status: 200, body: ITEM }),
  getCostly: () => Promise.resolve({ status: 200, body: ITEM }),
  getOpen: () => Promise.resolve({ status: 200, body: ITEM }),
  getUndeclared: () => Promise.resolve({ status: 200, body: ITEM }),
};

/** The contract with its handlers, any of them replaced. */
export function bindGuards(handlers: Partial<GuardsHandlers> = {}): ModuleBinding {
  return bindModule<GuardsHandlers>({
    name: 'guards',
    document: contract,
    operations: guardsOperations,
    handlers: { ...ECHOING, ...handlers },
  });
}

/** Serves the contract of scopes, budgets, versions, keys and deprecation. */
export async function startGuards(options: GuardsOptions = {}): Promise<TestApp> {
  const { logger, ...defaults } = testDefaults();
  const { trustedProxies = [], quota, store, monotonicMs, ttlSeconds = 60 } = options;
  return serveTestApp(
    await createContractApp({
      ...defaults,
      logger,
      responseChecks: options.responseChecks ?? 'enforce',
      authenticators: createFakeAuthenticators(),
      database: { ping: () => Promise.resolve() },
      documents: EXPECTED,
      modules: [bindGuards(options.handlers)],
      trustedProxies,
      rateLimiter: new FixedWindowRateLimiter({
        quota,
        logger,
        trustedProxies: new TrustedProxies(trustedProxies),
        ...(store === undefined ? {} : { store }),
        ...(monotonicMs === undefined ? {} : { monotonicMs }),
      }),
      idempotency: new PgIdempotencyStore({ database: options.database ?? noDatabase(), ttlSeconds }),
    }),
  );
}

function noDatabase(): AmbientDatabase {
  return { query: fail, transaction: fail, within: fail, ping: fail, close: () => Promise.resolve() };
}

function fail(): Promise<never> {
  return Promise.reject(new Error('This test has no database.'));
}
