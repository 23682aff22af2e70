import { deleteRecipe, ifMatch, unwrap } from '@chompardo/sdk';

import { call } from '../../app/api.ts';
import { queryClient } from '../../app/query-client.ts';
import { createStore, useStore } from '../../ui/store.ts';
import { dismissToast, showToast } from '../../ui/toasts.tsx';
import { keys } from './keys.ts';
import type { VersionedRecipe } from './queries.ts';

/** How long a deletion can be undone. */
export const UNDO_MS = 7000;

const hidden = createStore<ReadonlySet<string>>(new Set());

/** Recipes that are deleted as far as the user can see. */
export function useHiddenRecipes(): ReadonlySet<string> {
  return useStore(hidden);
}

/**
 * Hides a recipe at once and deletes it when the time to undo is over, or the page is left: the API deletes for good, so
 * waiting is the only undo that brings back the very same recipe.
 */
export function deleteLater({ recipe, etag }: VersionedRecipe): void {
  hide(recipe.id);
  const finish = (options: { readonly keepalive: boolean }): void => {
    settle();
    void deleteNow({ recipe, etag }, options);
  };
  const leave = (): void => finish({ keepalive: true });
  const timer = setTimeout(() => finish({ keepalive: false }), UNDO_MS);
  window.addEventListener('pagehide', leave);
  const toast = showToast({
    text: `“${recipe.title}” is deleted.`,
    action: {
      label: 'Undo',
      run: () => {
        settle();
        unhide(recipe.id);
      },
    },
  });
  const settle = (): void => {
    clearTimeout(timer);
    window.removeEventListener('pagehide', leave);
    dismissToast(toast);
  };
}

async function deleteNow(
  { recipe, etag }: VersionedRecipe,
  { keepalive }: { readonly keepalive: boolean },
): Promise<void> {
  try {
    const result = await call(() =>
      deleteRecipe({ recipeId: recipe.id, ...ifMatch(etag) }, { fetchOptions: { keepalive } }),
    );
    if (result.status === 412) {
      unhide(recipe.id);
      showToast({
        text: `“${recipe.title}” was changed meanwhile, so it is kept. Look at it before you delete it.`,
      });
    } else if (result.status !== 404) {
      unwrap(result);
    }
    queryClient.removeQueries({ queryKey: keys.one(recipe.id) });
    await queryClient.invalidateQueries({ queryKey: keys.lists });
    await queryClient.invalidateQueries({ queryKey: keys.tags });
  } catch {
    unhide(recipe.id);
    showToast({ text: `“${recipe.title}” could not be deleted; it is back in the list.` });
  }
}

function hide(recipeId: string): void {
  hidden.set(new Set([...hidden.get(), recipeId]));
}

function unhide(recipeId: string): void {
  hidden.set(new Set([...hidden.get()].filter((id) => id !== recipeId)));
}
