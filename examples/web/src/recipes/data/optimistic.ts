import type { RecipeContent, RecipeSummary } from '@chompardo/sdk';

import { createStore, useStore } from '../../ui/store.ts';

/** A change of a recipe that the API has not confirmed yet; what it leaves out stays as it is. */
export type OptimisticChange = Partial<Required<RecipeContent>>;

const changes = createStore<ReadonlyMap<string, OptimisticChange>>(new Map());

/** The changes under way, by recipe. */
export function useOptimisticChanges(): ReadonlyMap<string, OptimisticChange> {
  return useStore(changes);
}

/** Whether any change is under way. */
export function isAnythingSaving(): boolean {
  return changes.get().size > 0;
}

/**
 * Shows the recipe with the change while `save` runs. The change is kept apart from what has been read from the API, so
 * that reading meanwhile does not undo it, and to take it back is to forget it.
 */
export async function showOptimistically<Saved>(
  recipeId: string,
  change: OptimisticChange,
  save: () => Promise<Saved>,
): Promise<Saved> {
  changes.set(new Map(changes.get()).set(recipeId, change));
  try {
    return await save();
  } finally {
    const others = new Map(changes.get());
    others.delete(recipeId);
    changes.set(others);
  }
}

/** A recipe, or its summary, with the change that is under way. */
export function withChange<Shown extends RecipeSummary>(
  shown: Shown,
  change: OptimisticChange | undefined,
): Shown {
  if (change === undefined) return shown;
  const changed = { ...shown, ...change };
  return { ...changed, totalMinutes: changed.prepMinutes + changed.cookMinutes };
}
