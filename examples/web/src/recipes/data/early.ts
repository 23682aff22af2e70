import type { RecipeContent, RecipeSummary } from '@chompardo/sdk';

import { createStore, useStore } from '../../ui/store.ts';

/** What the user wants of a recipe, as long as the API has not confirmed it; what is left out stays as it is. */
export type EarlyChange = Partial<Required<RecipeContent>>;

const changes = createStore<ReadonlyMap<string, EarlyChange>>(new Map());

/** The changes under way, by recipe. */
export function useEarlyChanges(): ReadonlyMap<string, EarlyChange> {
  return useStore(changes);
}

/** Whether any change is under way. */
export function isAnythingSaving(): boolean {
  return changes.get().size > 0;
}

/**
 * Shows the recipe with the change while `save` runs. The change lies over what has been read of the API and is not
 * mixed into it: whatever is read meanwhile cannot undo it, and taking it back is to forget it.
 */
export async function showEarly<Saved>(
  recipeId: string,
  change: EarlyChange,
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

/** A recipe, or its summary, as the user wants it. */
export function withChange<Shown extends RecipeSummary>(
  shown: Shown,
  change: EarlyChange | undefined,
): Shown {
  if (change === undefined) return shown;
  const changed = { ...shown, ...change };
  return { ...changed, totalMinutes: changed.prepMinutes + changed.cookMinutes };
}
