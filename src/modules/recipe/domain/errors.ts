import { DomainError, type ErrorDetail } from '#kernel/domain/domain-error.ts';
import { NotFoundError } from '#kernel/domain/not-found-error.ts';

/** There is no such recipe, or it is not the caller's to see. */
export class RecipeNotFoundError extends NotFoundError {
  constructor() {
    super('recipe');
  }
}

/** The caller may read the recipe, but somebody else wrote it. */
export class NotRecipeAuthorError extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'not-recipe-author';

  constructor() {
    super('Only its author may change or delete a recipe.');
  }
}

/** The recipe has another version than the change was made from. */
export class RecipeVersionMismatchError extends DomainError {
  readonly kind = 'precondition-failed';
  readonly code = 'recipe-version-mismatch';

  constructor() {
    super(
      'The recipe has changed since the version in If-Match. Get it again, and repeat the change on what is there now.',
    );
  }
}

/** The change does not say which version it was made from. */
export class RecipeVersionRequiredError extends DomainError {
  readonly kind = 'precondition-required';
  readonly code = 'recipe-version-required';

  constructor() {
    super('Send the ETag of the recipe that you changed as If-Match.');
  }
}

/** What the author wrote breaks a rule; `details` has one item per place. */
export class InvalidRecipeError extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'invalid-recipe';

  constructor(details: readonly ErrorDetail[]) {
    super('The recipe breaks a rule.', { details });
  }
}

/** A filter of a list cannot match anything: a tag without any visible character. */
export class InvalidRecipeFilterError extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'invalid-recipe-filter';
}
