import type { ModuleName } from '#generated/modules.ts';
import { createAmbientDatabase } from '#kernel/database/ambient-database.ts';
import type { Database } from '#kernel/database/database.ts';
import type { Clock } from '#kernel/domain/clock.ts';
import type { ServedModule, ServedModules } from '#kernel/contract/module-binding.ts';
import type { Quota } from '#kernel/contract/ports.ts';
import { PgIdempotencyStore } from '#kernel/idempotency/idempotency.ts';
import { PgRateStore } from '#kernel/rate-limit/pg-rate-store.ts';
import { FixedWindowRateLimiter } from '#kernel/rate-limit/rate-limiter.ts';
import { TrustedProxies } from '#kernel/http/client-address.ts';
import { createContractApp, type App, type ContractAppOptions } from '#kernel/app/contract-app.ts';
import { createRecipeModule } from '#modules/recipe/module.ts';

/** What the app is composed of; `serve-api.ts` and the tests make it. */
export interface AppOptions extends Pick<
  ContractAppOptions,
  | 'authenticators'
  | 'logger'
  | 'bodyLimitBytes'
  | 'allowedOrigins'
  | 'responseChecks'
  | 'referee'
  | 'trustedProxies'
> {
  readonly database: Database;
  readonly clock: Clock;
  /** What a caller may do; left out: only what the contract limits with `x-rate-limit` is limited. */
  readonly rateLimit?: { readonly quota: Quota | undefined; readonly store: 'memory' | 'postgres' };
  /** How long the answers to requests with an `Idempotency-Key` are kept; a day when left out. */
  readonly idempotencyTtlSeconds?: number;
}

/** This API, ready to serve. */
export interface Api extends App {
  readonly modules: readonly ServedModule[];
}

const SECONDS_PER_DAY = 86_400;

/**
 * Composes this API: the kernel and every module.
 *
 * @throws {BindingError} when contract, handlers and security do not match.
 */
export async function createApp(options: AppOptions): Promise<Api> {
  const { clock, logger, rateLimit, trustedProxies = [], idempotencyTtlSeconds = SECONDS_PER_DAY } = options;
  // Modules work on the ambient database, so that all they do for an idempotent request is one transaction.
  const database = createAmbientDatabase(options.database);
  const modules: ServedModules<ModuleName> = {
    recipe: createRecipeModule({ database, clock }),
  };
  const served: readonly ServedModule[] = Object.values(modules);
  const app = await createContractApp({
    ...options,
    database,
    rateLimiter: new FixedWindowRateLimiter({
      quota: rateLimit?.quota,
      ...(rateLimit?.store === 'postgres' ? { store: new PgRateStore(options.database) } : {}),
      trustedProxies: new TrustedProxies(trustedProxies),
      logger,
    }),
    idempotency: new PgIdempotencyStore({ database, ttlSeconds: idempotencyTtlSeconds }),
    modules: served.map(({ binding }) => binding),
    documents: new URL('../generated/', import.meta.url),
  });
  return { ...app, modules: served };
}
