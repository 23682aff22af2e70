import { DomainError } from './domain-error.ts';

/**
 * There is no such thing, or it is not the caller's to see: the two are one answer, so that ids cannot be probed. The problem's
 * type is the thing's name with `-not-found`.
 */
export class NotFoundError extends DomainError {
  readonly kind = 'not-found';
  readonly code: string;

  /** @param thing as people call it: `ticket`, `meal plan`. */
  constructor(thing: string) {
    super(`There is no ${thing} with this id.`);
    this.code = `${thing.replaceAll(' ', '-')}-not-found`;
  }
}
