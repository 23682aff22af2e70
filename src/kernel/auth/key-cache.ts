import type { JwksConfig } from '#kernel/config/config.ts';
import { systemClock, type Clock } from '#kernel/domain/clock.ts';

import { KeysUnavailableError } from './errors.ts';
import type { FetchKeys } from './fetch-keys.ts';
import type { KeySet, VerificationKey } from './jwks-document.ts';
import { backOffMs, FetchBudget } from './fetch-budget.ts';

/** The part of a logger that the key cache speaks to. */
export interface KeyCacheLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** How the key cache is doing, for metrics. */
export interface KeyCacheStatus {
  readonly keys: number;
  /** Time since the last good answer. */
  readonly ageMs: number;
  /** When the last good answer came; undefined before the first. */
  readonly lastSuccessAt: Date | undefined;
  /** Good answers since the process started. */
  readonly successfulFetches: number;
  /** Fetches since the process started that gave no usable keys. */
  readonly failedFetches: number;
  /** Failed fetches since the last good answer. */
  readonly consecutiveFailures: number;
  readonly lastFailure: string | undefined;
}

export interface KeyCacheOptions {
  readonly fetchKeys: FetchKeys;
  readonly policy: JwksConfig;
  readonly log: KeyCacheLog;
  /** Dates the last good answer, for people; ages are measured with `monotonicMs`. */
  readonly clock?: Clock;
  /** Milliseconds that only ever grow. */
  readonly monotonicMs?: () => number;
  /** From 0 up to 1: spreads the refreshes of many replicas. */
  readonly random?: () => number;
}

/**
 * The Identity service's public keys. They are fetched before the API starts, then again by a timer and when a token
 * names a key that is not among them. One fetch at a time. Only a good answer replaces keys: while the service is down
 * or answers nonsense the ones at hand go on working, up to a limit.
 */
export class KeyCache {
  readonly #fetchKeys: FetchKeys;
  readonly #policy: JwksConfig;
  readonly #log: KeyCacheLog;
  readonly #clock: Clock;
  readonly #monotonicMs: () => number;
  readonly #random: () => number;
  readonly #budget: FetchBudget;
  #keys: KeySet = new Map();
  #fetchedAtMs = -Infinity;
  #inFlight: Promise<void> | undefined;
  #lastSuccessAt: Date | undefined;
  #successfulFetches = 0;
  #failedFetches = 0;
  /** In a row. */
  #failures = 0;
  #lastFailure: string | undefined;
  #refreshTimer: NodeJS.Timeout | undefined;
  #demandTimer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: KeyCacheOptions) {
    this.#fetchKeys = options.fetchKeys;
    this.#policy = options.policy;
    this.#log = options.log;
    this.#clock = options.clock ?? systemClock;
    this.#monotonicMs = options.monotonicMs ?? (() => performance.now());
    this.#random = options.random ?? Math.random;
    this.#budget = new FetchBudget(options.policy.cooldownSeconds * 1000);
  }

  /** The key of that id as of the last good answer. */
  current(keyId: string): VerificationKey | undefined {
    return this.#keys.get(keyId);
  }

  /** True when no good answer came for so long that removed keys could still be among these. */
  isStale(): boolean {
    return this.#monotonicMs() - this.#fetchedAtMs > this.#policy.maxStaleSeconds * 1000;
  }

  /**
   * The key of that id, asking the Identity service when it is not at hand; undefined when the service has no such key,
   * or was asked too often lately, in which case it is asked again as soon as that is allowed.
   *
   * @throws {KeysUnavailableError} when the service does not answer, so that nothing can be said about the key.
   */
  async find(keyId: string): Promise<VerificationKey | undefined> {
    const known = this.#keys.get(keyId);
    if (known !== undefined) return known;
    if (this.#inFlight !== undefined) {
      // It may have been answered before the key was published: then it says nothing about this key.
      await this.#inFlight;
      const found = this.#keys.get(keyId);
      if (found !== undefined) return found;
    }
    await this.#fetchOnDemand();
    const found = this.#keys.get(keyId);
    if (found === undefined && this.#failures > 0) throw new KeysUnavailableError();
    return found;
  }

  /** Fetches now, or joins the fetch under way. Never rejects: the outcome is in `status()`. */
  async refresh(): Promise<void> {
    this.#inFlight ??= this.#fetch().finally(() => {
      this.#inFlight = undefined;
      this.#scheduleRefresh();
    });
    await this.#inFlight;
  }

  /** Waits for the fetch under way, if there is one. */
  async settled(): Promise<void> {
    await this.#inFlight;
  }

  status(): KeyCacheStatus {
    return {
      keys: this.#keys.size,
      ageMs: this.#monotonicMs() - this.#fetchedAtMs,
      lastSuccessAt: this.#lastSuccessAt,
      successfulFetches: this.#successfulFetches,
      failedFetches: this.#failedFetches,
      consecutiveFailures: this.#failures,
      lastFailure: this.#lastFailure,
    };
  }

  /** Ends the timers. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#refreshTimer);
    clearTimeout(this.#demandTimer);
  }

  async #fetchOnDemand(): Promise<void> {
    if (this.#inFlight !== undefined) return this.#inFlight;
    const waitMs = this.#budget.waitMs(this.#monotonicMs());
    if (waitMs === 0) {
      this.#budget.spend(this.#monotonicMs());
      return this.refresh();
    }
    if (this.#demandTimer === undefined && !this.#isStopped) {
      this.#demandTimer = setTimeout(() => {
        this.#demandTimer = undefined;
        void this.#fetchOnDemand();
      }, waitMs).unref();
    }
  }

  async #fetch(): Promise<void> {
    try {
      const keys = await this.#fetchKeys(this.#keys);
      this.#report(keys);
      this.#keys = keys;
      this.#fetchedAtMs = this.#monotonicMs();
      this.#lastSuccessAt = this.#clock.now();
      this.#successfulFetches += 1;
      this.#failures = 0;
      this.#lastFailure = undefined;
    } catch (error) {
      this.#failedFetches += 1;
      this.#failures += 1;
      this.#lastFailure = error instanceof Error ? error.message : 'it failed';
      this.#budget.block(this.#monotonicMs() + this.#retryMs());
      if (this.#keys.size > 0) {
        const fields = {
          reason: this.#lastFailure,
          consecutiveFailures: this.#failures,
          keys: this.#keys.size,
        };
        this.#log.warn(fields, 'The Identity service gave no usable keys; the ones at hand stay in use');
      }
    }
  }

  #report(keys: KeySet): void {
    if (this.#failures > 0 && this.#keys.size > 0) {
      this.#log.info({ keys: keys.size }, 'The Identity service gives usable keys again');
    }
    const added = [...keys.keys()].filter((id) => !this.#keys.has(id));
    const removed = [...this.#keys.keys()].filter((id) => !keys.has(id));
    if (this.#keys.size > 0 && added.length + removed.length > 0) {
      this.#log.info({ added, removed }, 'The keys of the Identity service changed');
    }
  }

  #scheduleRefresh(): void {
    clearTimeout(this.#refreshTimer);
    if (this.#isStopped || this.#keys.size === 0) return;
    const intervalMs = this.#policy.refreshSeconds * 1000 * (0.9 + 0.1 * this.#random());
    const delayMs = this.#failures > 0 ? Math.min(this.#retryMs(), intervalMs) : intervalMs;
    this.#refreshTimer = setTimeout(() => void this.refresh(), delayMs).unref();
  }

  #retryMs(): number {
    return backOffMs(this.#failures, this.#random());
  }
}
