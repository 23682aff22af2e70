import { DomainError } from '#kernel/domain/domain-error.ts';

/** The same key came with another request. Source: draft-ietf-httpapi-idempotency-key-header-07 section 2.7. */
export class IdempotencyKeyReusedError extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'idempotency-key-reused';

  constructor() {
    super('This Idempotency-Key was used for another request. Use a new key for a new request.');
  }
}

/** A request with this key is being worked on. Source: draft-ietf-httpapi-idempotency-key-header-07 section 2.7. */
export class IdempotentRequestRunningError extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'idempotent-request-running';
  readonly responseHeaders = { 'retry-after': '1' };

  constructor() {
    super('A request with this Idempotency-Key is under way. Try again when Retry-After has passed.');
  }
}
