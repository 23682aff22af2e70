import type { Logger } from 'pino';
import type { ModuleBinding } from './module-binding.ts';
import type { Authenticators, IdempotencyStore, RateLimiter, Referee } from './ports.ts';

/**
 * What a response that breaks the contract leads to: a 500, a line in the log, or nothing (it is not looked at).
 * Undeclared statuses and missing headers are always looked at, they cost nothing.
 */
export type ResponseChecks = 'enforce' | 'log' | 'off';

/** What the contract runtime needs from the composition root. */
export interface RuntimeOptions {
  readonly modules: readonly ModuleBinding[];
  readonly authenticators: Authenticators;
  readonly responseChecks: ResponseChecks;
  /** The longest body that an operation takes; `x-max-body-bytes` on an operation says otherwise for it. */
  readonly bodyLimitBytes: number;
  readonly logger: Logger;
  /** Needed when an operation has `x-rate-limit`; without it nothing is limited. */
  readonly rateLimiter?: RateLimiter | undefined;
  /** Needed when an operation takes an `Idempotency-Key`. */
  readonly idempotency?: IdempotencyStore | undefined;
  /**
   * Folder with the checks that the build compiled, `<module>/checks.js`; ends in `/`. What is not there is compiled when it is first
   * asked for.
   */
  readonly compiledChecks?: URL | undefined;
  /** Reads every request a second time and compares; left out: nothing is read twice. */
  readonly referee?: Referee | undefined;
}
