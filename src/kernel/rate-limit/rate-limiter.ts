import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Quota, RateLimiter } from '#kernel/contract/ports.ts';
import { DomainError } from '#kernel/domain/domain-error.ts';
import { addressKey, clientAddress, type TrustedProxies } from '#kernel/http/client-address.ts';
import type { Exchange } from '#kernel/http/exchange.ts';
import { MemoryRateStore, type Budget, type RateStore } from './rate-store.ts';

/** What the composition root decides about rates. */
export interface RateLimitOptions {
  /** What a subject, or an address, may do in all; undefined when only operations with `x-rate-limit` are limited. */
  readonly quota: Quota | undefined;
  /** Where subjects are counted; in this process when left out. */
  readonly store?: RateStore;
  readonly trustedProxies: TrustedProxies;
  readonly logger: Logger;
  /** Milliseconds that never go back; for tests. */
  readonly monotonicMs?: () => number;
}

/** Too many requests in a window: how long to wait stands in `Retry-After`. */
export class RateLimitedError extends DomainError {
  readonly kind = 'rate-limited';
  readonly code = 'rate-limited';
  readonly responseHeaders: Readonly<Record<string, string>>;

  constructor(retryAfterSeconds: number) {
    super('Too many requests in a short time. Try again when Retry-After has passed.');
    this.responseHeaders = { 'retry-after': String(retryAfterSeconds) };
  }
}

/** A budget that a request is taken from. */
interface Policy extends Quota {
  /** As `RateLimit-Policy` names it. */
  readonly name: string;
}

/**
 * Rate limit per subject and address: requests with good credentials count for their subject, all others for the client's
 * address, in windows of fixed length. Every limited response says what is left. Source: draft-ietf-httpapi-ratelimit-headers-11 (`RateLimit`, `RateLimit-Policy`).
 */
export class FixedWindowRateLimiter implements RateLimiter {
  readonly #policy: Policy | undefined;
  readonly #store: RateStore;
  /** Addresses are counted in this process: refusing a request without credentials must not cost a database connection. */
  readonly #addresses = new MemoryRateStore();
  readonly #proxies: TrustedProxies;
  readonly #logger: Logger;
  readonly #monotonicMs: () => number;

  constructor(options: RateLimitOptions) {
    this.#policy = options.quota === undefined ? undefined : { ...options.quota, name: 'caller' };
    this.#store = options.store ?? new MemoryRateStore();
    this.#proxies = options.trustedProxies;
    this.#logger = options.logger;
    this.#monotonicMs = options.monotonicMs ?? (() => performance.now());
  }

  /** @throws {RateLimitedError} when a quota is used up. */
  take(
    { request, response }: Exchange,
    subject: string | undefined,
    own: { readonly id: string; readonly quota: Quota } | undefined,
  ): Promise<void> | undefined {
    const policy = this.#policy;
    if (policy === undefined && own === undefined) return undefined;
    const caller = subject === undefined ? `a:${this.#address(request)}` : `s:${subject}`;
    const store = subject === undefined ? this.#addresses : this.#store;
    const taken: Taken[] = [];
    if (policy !== undefined) taken.push({ policy, budget: this.#takeOne(store, caller, policy) });
    if (own !== undefined) {
      const limit = { ...own.quota, name: own.id };
      taken.push({ policy: limit, budget: this.#takeOne(store, `${caller} ${own.id}`, limit) });
    }
    // What is counted in this process is there at once: waiting for it would cost more than counting.
    if (!taken.some(({ budget }) => budget instanceof Promise)) {
      conclude(response, taken.filter(isLeft));
      return undefined;
    }
    return concludeLater(response, taken);
  }

  #address(request: IncomingMessage): string {
    return addressKey(clientAddress(request, this.#proxies));
  }

  #takeOne(store: RateStore, key: string, policy: Policy): Budget | undefined | Promise<Budget | undefined> {
    const taken = store.take(key, policy.windowSeconds * 1000, this.#monotonicMs());
    return taken instanceof Promise ? this.#orNothing(taken) : taken;
  }

  /** Counting protects the service; a count that cannot be kept is no reason to refuse. */
  async #orNothing(taken: Promise<Budget>): Promise<Budget | undefined> {
    try {
      return await taken;
    } catch (error) {
      this.#logger.warn({ err: error }, 'A request could not be counted, and was let through');
      return undefined;
    }
  }
}

interface Taken {
  readonly policy: Policy;
  /** Undefined when it could not be counted. */
  readonly budget: Budget | undefined | Promise<Budget | undefined>;
}

interface Left {
  readonly policy: Policy;
  readonly budget: Budget;
}

function isLeft(taken: Taken): taken is Left {
  return taken.budget !== undefined && !(taken.budget instanceof Promise);
}

async function concludeLater(response: ServerResponse, taken: readonly Taken[]): Promise<void> {
  const settled = await Promise.all(
    taken.map(async ({ policy, budget }): Promise<Taken> => ({ policy, budget: await budget })),
  );
  conclude(response, settled.filter(isLeft));
}

/** @throws {RateLimitedError} when a budget is used up. */
function conclude(response: ServerResponse, left: readonly Left[]): void {
  announce(response, left);
  const exhausted = left.filter(({ policy, budget }) => budget.used > policy.requests);
  if (exhausted.length > 0) {
    throw new RateLimitedError(Math.max(...exhausted.map(({ budget }) => seconds(budget))));
  }
}

function announce(response: ServerResponse, left: readonly Left[]): void {
  if (left.length === 0) return;
  let policies = '';
  let limits = '';
  for (const { policy, budget } of left) {
    const separator = policies === '' ? '' : ', ';
    policies += `${separator}"${policy.name}";q=${policy.requests};w=${policy.windowSeconds}`;
    limits += `${separator}"${policy.name}";r=${Math.max(0, policy.requests - budget.used)};t=${seconds(budget)}`;
  }
  response.setHeader('ratelimit-policy', policies);
  response.setHeader('ratelimit', limits);
}

function seconds({ resetMs }: Budget): number {
  return Math.max(1, Math.ceil(resetMs / 1000));
}
