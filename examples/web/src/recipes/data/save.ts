import {
  ApiError,
  createRecipe,
  ifMatch,
  replaceRecipe,
  updateRecipe,
  type ProblemError,
  type Recipe,
  type RecipeContent,
  type RecipePatch,
} from '@chompardo/sdk';
import type { QueryClient } from '@tanstack/react-query';

import { call } from '../../app/api.ts';
import { keys } from './keys.ts';
import type { VersionedRecipe } from './queries.ts';

/** How an attempt to save ended; everything else is thrown. */
export type Saved =
  | ({ readonly kind: 'saved' } & VersionedRecipe)
  /** The API found fault with these places. */
  | { readonly kind: 'refused'; readonly detail: string; readonly errors: readonly ProblemError[] }
  /** Somebody changed the recipe since it was read. */
  | { readonly kind: 'conflict' }
  /** Somebody deleted it. */
  | { readonly kind: 'gone' };

/** Saves a new recipe. */
export async function saveNew(body: RecipeContent): Promise<Saved> {
  const result = await call(() => createRecipe({ body }));
  if (result.status === 201) return { kind: 'saved', recipe: result.data, etag: result.headers.etag };
  if (result.status === 400 || result.status === 422) return refused(result.data);
  throw new ApiError(result);
}

/** Saves all of a recipe, if it is still the version that `etag` names. */
export async function saveWhole(recipeId: string, etag: string, body: RecipeContent): Promise<Saved> {
  return toSaved(await call(() => replaceRecipe({ recipeId, body, ...ifMatch(etag) })));
}

/** Saves a part of a recipe, if it is still the version that `etag` names. */
export async function savePart(recipeId: string, etag: string, body: RecipePatch): Promise<Saved> {
  return toSaved(await call(() => updateRecipe({ recipeId, body, ...ifMatch(etag) })));
}

type ChangeResult = Awaited<ReturnType<typeof replaceRecipe>> | Awaited<ReturnType<typeof updateRecipe>>;

function toSaved(result: ChangeResult): Saved {
  if (result.status === 200) return { kind: 'saved', recipe: result.data, etag: result.headers.etag };
  if (result.status === 400 || result.status === 422) return refused(result.data);
  if (result.status === 412) return { kind: 'conflict' };
  if (result.status === 404) return { kind: 'gone' };
  throw new ApiError(result);
}

function refused(problem: { readonly detail?: string; readonly errors?: readonly ProblemError[] }): Saved {
  return {
    kind: 'refused',
    detail: problem.detail ?? 'Some of this cannot be kept.',
    errors: problem.errors ?? [],
  };
}

/** Shows `recipe` everywhere before the API has answered; returns what takes it back. */
export async function showEarly(
  client: QueryClient,
  recipeId: string,
  change: (recipe: Recipe) => Recipe,
): Promise<() => void> {
  const key = keys.one(recipeId);
  await client.cancelQueries({ queryKey: key });
  const before = client.getQueryData(key);
  if (before) client.setQueryData(key, { ...before, data: change(before.data) });
  return () => client.setQueryData(key, before);
}

/** Takes what the API has kept for the truth. */
export function keepSaved(client: QueryClient, { recipe, etag }: VersionedRecipe): void {
  client.setQueryData(keys.one(recipe.id), { data: recipe, headers: { etag } });
  void client.invalidateQueries({ queryKey: keys.lists });
  void client.invalidateQueries({ queryKey: keys.tags });
  void client.invalidateQueries({ queryKey: keys.scaled });
}
