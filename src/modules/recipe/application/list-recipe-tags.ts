import type { RecipeRepository, TagCount } from '../domain/recipe-repository.ts';
import { normalizeTag } from '../domain/text.ts';

/** Lists the tags of public recipes and of the reader's own, the most used first. */
export type ListRecipeTags = (input: {
  readonly reader: string;
  readonly prefix?: string;
  readonly limit: number;
}) => Promise<readonly TagCount[]>;

export function createListRecipeTags(ports: { readonly recipes: RecipeRepository }): ListRecipeTags {
  return async ({ reader, prefix, limit }) =>
    ports.recipes.countTags({ reader, prefix: normalizeTag(prefix ?? ''), count: limit });
}
