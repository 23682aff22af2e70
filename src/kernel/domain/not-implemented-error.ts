import { DomainError } from './domain-error.ts';

/** The contract has the operation, and it is not written yet. */
export class NotImplementedError extends DomainError {
  readonly kind = 'not-implemented';
  readonly code = 'not-implemented';

  constructor() {
    super('This operation is not implemented yet.');
  }
}
