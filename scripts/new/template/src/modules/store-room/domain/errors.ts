import { DomainError, type ErrorDetail } from '#kernel/domain/domain-error.ts';
import { NotFoundError } from '#kernel/domain/not-found-error.ts';

/** There is no such stored thing, or it is not the caller's to see. */
export class StoredThingNotFoundError extends NotFoundError {
  constructor() {
    super('stored thing');
  }
}

/** The stored thing has another version than the change was made from. */
export class StoredThingVersionMismatchError extends DomainError {
  readonly kind = 'precondition-failed';
  readonly code = 'stored-thing-version-mismatch';

  constructor() {
    super(
      'The stored thing has changed since the version in If-Match. Get it again, and repeat the change on what is there now.',
    );
  }
}

/** What the owner wrote breaks a rule; `details` has one item per place. */
export class InvalidStoredThingError extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'invalid-stored-thing';

  constructor(details: readonly ErrorDetail[]) {
    super('The stored thing breaks a rule.', { details });
  }
}
