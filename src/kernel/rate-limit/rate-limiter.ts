import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Quota } from '#kernel/contract/extensions/rate-limit.ts';
import { DomainError } from '#kernel/domain/domain-error.ts';
import { addressKey, clientAddress } from './client-address.ts';
import { MemoryRateStore } from './memory-rate-store.ts';
import type { Budget, RateStore } from './rate-store.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

/** What the composition root decides about rates. */
export interface RateLimitOptions {
  /** What a caller may do in all; undefined when only operations with `x-rate-limit` are limited. */
  readonly quota: Quota | undefined;
  /** Where callers with credentials are counted; in this process when left out. */
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
 * Limits what callers may do: a user by subject, whoever has no good credentials by client address. Every limited response
 * says what is left. Source: draft-ietf-httpapi-ratelimit-headers-11 (`RateLimit`, `RateLimit-Policy`).
 */
export class RateLimiter {
  readonly #policy: Policy | undefined;
  readonly #store: RateStore;
  /** Those without good credentials are counted here: refusing them must not cost a connection of the database. */
  readonly #strangers = new MemoryRateStore();
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

  /**
   * Takes one request from the caller's budgets and writes what is left into the response.
   *
   * @param subject of the verified credentials; undefined for a request without.
   * @param own the operation's own budget, if it has one.
   * @throws {RateLimitedError} when one of them is used up.
   */
  async take(
    request: IncomingMessage,
    response: ServerResponse,
    subject: string | undefined,
    own: { readonly id: string; readonly quota: Quota } | undefined,
  ): Promise<void> {
    const policy = this.#policy;
    if (policy === undefined && own === undefined) return;
    const caller = subject === undefined ? `a:${this.#address(request)}` : `s:${subject}`;
    const left: Left[] = [];
    const store = subject === undefined ? this.#strangers : this.#store;
    if (policy !== undefined) await this.#takeOne(store, caller, policy, left);
    if (own !== undefined) {
      await this.#takeOne(store, `${caller} ${own.id}`, { ...own.quota, name: own.id }, left);
    }
    announce(response, left);
    const exhausted = left.filter(({ policy: { requests }, budget }) => budget.used > requests);
    if (exhausted.length === 0) return;
    throw new RateLimitedError(Math.max(...exhausted.map(({ budget }) => seconds(budget))));
  }

  #address(request: IncomingMessage): string {
    return addressKey(clientAddress(request, this.#proxies));
  }

  async #takeOne(store: RateStore, key: string, policy: Policy, left: Left[]): Promise<void> {
    try {
      const taken = store.take(key, policy.windowSeconds * 1000, this.#monotonicMs());
      // What is counted in this process is there at once, and not awaited.
      left.push({ policy, budget: taken instanceof Promise ? await taken : taken });
    } catch (error) {
      // Counting protects the service; a count that cannot be kept is no reason to refuse.
      this.#logger.warn({ err: error }, 'A request could not be counted, and was let through');
    }
  }
}

interface Left {
  readonly policy: Policy;
  readonly budget: Budget;
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
