import { InvalidRecipeFilterError } from '../domain/errors.ts';
import type { Visibility } from '../domain/recipe-content.ts';
import { listPosition, listScope, type ListPosition, type RecipeSort } from '../domain/recipe-list.ts';
import type { RecipeRepository } from '../domain/recipe-repository.ts';
import type { RecipeSummary } from '../domain/recipe.ts';
import { normalizeTags } from '../domain/text.ts';

/** What a list is asked for; an absent filter lets everything pass. */
export interface ListRecipesInput {
  readonly reader: string;
  readonly words?: string;
  /** The recipe has all of them. */
  readonly tags?: readonly string[];
  readonly author?: string;
  readonly visibility?: Visibility;
  readonly maxTotalMinutes?: number;
  readonly sort: RecipeSort;
  readonly after?: ListPosition;
  readonly limit: number;
}

/** One page of a list. */
export interface RecipeListPage {
  readonly items: readonly RecipeSummary[];
  /** Where the next page starts; absent on the last one. */
  readonly next?: ListPosition;
}

/**
 * Lists public recipes and the reader's own.
 *
 * @throws {InvalidRecipeFilterError} when a tag is blank.
 */
export type ListRecipes = (input: ListRecipesInput) => Promise<RecipeListPage>;

export function createListRecipes(ports: { readonly recipes: RecipeRepository }): ListRecipes {
  return async ({ reader, author, visibility, tags, limit, ...rest }) => {
    const wantedTags = normalizeTags(tags ?? []);
    if (wantedTags.includes('')) {
      throw new InvalidRecipeFilterError('A tag to look for must hold more than white space.');
    }
    const filter = {
      ...(author === undefined ? {} : { author }),
      ...(visibility === undefined ? {} : { visibility }),
    };
    // One more than the page holds tells whether there is a next page.
    const found = await ports.recipes.list({
      ...rest,
      scope: listScope(reader, filter),
      tags: wantedTags,
      count: limit + 1,
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return found.length > limit && last !== undefined
      ? { items, next: listPosition(last, rest.sort) }
      : { items };
  };
}
