import type { RecipeListQuery } from './recipe-list.ts';
import type { Recipe, RecipeSummary } from './recipe.ts';

/** A tag, and how many recipes have it. */
export interface TagCount {
  readonly tag: string;
  readonly recipes: number;
}

/** All recipes. It does not know who asks: callers check what they were given, inside `change` and `check` too. */
export interface RecipeRepository {
  find(id: string): Promise<Recipe | undefined>;
  /** The first `query.count` recipes after `query.after`, in the order of `query.sort`. */
  list(query: RecipeListQuery): Promise<readonly RecipeSummary[]>;
  insert(recipe: Recipe): Promise<void>;
  /**
   * Replaces a recipe by what `change` makes of it, with no other change in between: of two callers at once, the second is given what the
   * first left. Nothing changes when `change` throws. It may be called more than once, and has no other effects.
   *
   * @returns what is stored now.
   */
  update(id: string, change: (recipe: Recipe | undefined) => Recipe): Promise<Recipe>;
  /** Removes a recipe, unless `check` throws; otherwise as `update`. */
  remove(id: string, check: (recipe: Recipe | undefined) => Recipe): Promise<void>;
  /** Tags of public recipes and of the reader's own that begin with `prefix`: most used first, then by code point. */
  countTags(query: {
    readonly reader: string;
    readonly prefix: string;
    readonly count: number;
  }): Promise<readonly TagCount[]>;
}
