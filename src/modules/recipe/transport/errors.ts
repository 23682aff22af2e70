import { DomainError } from '#kernel/domain/domain-error.ts';

/** A cursor that no page of this list gave: altered, of another person, or of another list. */
export class InvalidCursorError extends DomainError {
  readonly kind = 'malformed';
  readonly code = 'invalid-cursor';

  constructor() {
    super(
      'The cursor does not belong to this list. Send nextCursor unchanged, with the same filters and sorting, or start again.',
      { details: [{ parameter: 'cursor', code: 'cursor', message: 'must be a nextCursor of this list' }] },
    );
  }
}
