import {
  ApiError,
  createRecipe,
  ifMatch,
  replaceRecipe,
  updateRecipe,
  type ProblemError,
  type RecipeContent,
  type RecipePatch,
} from '@chompardo/sdk';

import { call } from '../../app/api.ts';
import { isSameContent } from './content.ts';
import { readRecipe, type VersionedRecipe } from './queries.ts';

/** How an attempt to save ended; everything else is thrown. */
export type Saved =
  | ({ readonly kind: 'saved' } & VersionedRecipe)
  /** The API reported errors at these places. */
  | { readonly kind: 'refused'; readonly detail: string; readonly errors: readonly ProblemError[] }
  /** Somebody changed the recipe since it was read; `theirs` is what it is now. */
  | { readonly kind: 'conflict'; readonly theirs: VersionedRecipe }
  /** Somebody deleted it. */
  | { readonly kind: 'gone' };

/** Saves a new recipe; once only, however often it is sent with the same key. */
export async function saveNew(body: RecipeContent, key: string): Promise<Saved> {
  const result = await call(() => createRecipe({ body, 'idempotency-key': key }));
  if (result.status === 201) return { kind: 'saved', recipe: result.data, etag: result.headers.etag };
  if (result.status === 400 || result.status === 422) return refused(result.data);
  throw new ApiError(result);
}

/** Saves all of a recipe, if it is still the version that `etag` names. */
export async function saveWhole(recipeId: string, etag: string, body: RecipeContent): Promise<Saved> {
  const saved = await toSaved(
    recipeId,
    await call(() => replaceRecipe({ recipeId, body, ...ifMatch(etag) })),
  );
  // The previous attempt was stored, and its answer was lost on the way.
  const isAlreadySaved = saved.kind === 'conflict' && isSameContent(saved.theirs.recipe, body);
  return isAlreadySaved ? { kind: 'saved', ...saved.theirs } : saved;
}

/** Saves a part of a recipe, if it is still the version that `etag` names. */
export async function savePart(recipeId: string, etag: string, body: RecipePatch): Promise<Saved> {
  return toSaved(recipeId, await call(() => updateRecipe({ recipeId, body, ...ifMatch(etag) })));
}

type ChangeResult = Awaited<ReturnType<typeof replaceRecipe>> | Awaited<ReturnType<typeof updateRecipe>>;

async function toSaved(recipeId: string, result: ChangeResult): Promise<Saved> {
  if (result.status === 200) return { kind: 'saved', recipe: result.data, etag: result.headers.etag };
  if (result.status === 400 || result.status === 422) return refused(result.data);
  if (result.status === 404) return { kind: 'gone' };
  if (result.status !== 412) throw new ApiError(result);
  const theirs = await readRecipe(recipeId);
  return theirs === null ? { kind: 'gone' } : { kind: 'conflict', theirs };
}

function refused(problem: { readonly detail?: string; readonly errors?: readonly ProblemError[] }): Saved {
  return {
    kind: 'refused',
    detail: problem.detail ?? 'Some of this cannot be kept.',
    errors: problem.errors ?? [],
  };
}
