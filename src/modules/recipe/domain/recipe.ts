import {
  NotRecipeAuthorError,
  RecipeNotFoundError,
  RecipeVersionMismatchError,
  RecipeVersionRequiredError,
} from './errors.ts';
import type { RecipeContent } from './recipe-content.ts';

/** A recipe: what its author wrote, and what the system knows about it. */
export interface Recipe extends RecipeContent {
  /** UUID of version 7 (RFC 9562). */
  readonly id: string;
  /** The subject (`sub`) of the token that created it. */
  readonly author: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Counts the changes, from 1. */
  readonly version: number;
}

/** A recipe without what only cooking needs. */
export type RecipeSummary = Omit<Recipe, 'ingredients' | 'steps'>;

/** The versions that a change may meet: any of these, or any at all. */
export type VersionCondition = 'any' | readonly number[];

/** A new recipe, at version 1. */
export function newRecipe(facts: {
  readonly id: string;
  readonly author: string;
  readonly content: RecipeContent;
  readonly now: Date;
}): Recipe {
  const { id, author, content, now } = facts;
  return { ...content, id, author, createdAt: now, updatedAt: now, version: 1 };
}

/** The recipe with other content, one version later. Time never runs backwards, even when the clock does. */
export function withContent(recipe: Recipe, content: RecipeContent, now: Date): Recipe {
  const updatedAt = now > recipe.updatedAt ? now : recipe.updatedAt;
  return { ...recipe, ...content, updatedAt, version: recipe.version + 1 };
}

/** The recipe, when the reader may see it. @throws {RecipeNotFoundError} when it is absent, or another person's private one. */
export function assertReadable(recipe: Recipe | undefined, reader: string): Recipe {
  if (recipe === undefined || (recipe.visibility === 'private' && recipe.author !== reader)) {
    throw new RecipeNotFoundError();
  }
  return recipe;
}

/**
 * The recipe, when the editor may change this version of it.
 *
 * @throws {RecipeNotFoundError} as `assertReadable`.
 * @throws {NotRecipeAuthorError} when it is somebody else's.
 * @throws {RecipeVersionMismatchError} when it has another version.
 */
export function assertEditable(
  recipe: Recipe | undefined,
  editor: string,
  condition: VersionCondition,
): Recipe {
  const readable = assertReadable(recipe, editor);
  if (readable.author !== editor) {
    throw new NotRecipeAuthorError();
  }
  if (condition !== 'any' && !condition.includes(readable.version)) {
    throw new RecipeVersionMismatchError();
  }
  return readable;
}

/** The condition of a change that must have one. @throws {RecipeVersionRequiredError} when it has none. */
export function assertConditional(condition: VersionCondition | undefined): VersionCondition {
  if (condition === undefined) {
    throw new RecipeVersionRequiredError();
  }
  return condition;
}
