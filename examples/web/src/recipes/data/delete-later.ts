import { deleteRecipe, ifMatch, unwrap } from '@chompardo/sdk';

import { call } from '../../app/api.ts';
import { beforeSessionEnds } from '../../identity/session.ts';
import { createStore, useStore } from '../../ui/store.ts';
import { dismissToast, showToast } from '../../ui/toasts.tsx';
import { refetchRecipe } from './cache.ts';
import type { VersionedRecipe } from './queries.ts';

const hidden = createStore<ReadonlySet<string>>(new Set());

/** Deletions that can still be undone, each with what carries it out at once. */
const waiting = new Map<string, (options?: { readonly keepalive: boolean }) => Promise<void>>();

/** Recipes that are deleted as far as the user can see. */
export function useHiddenRecipes(): ReadonlySet<string> {
  return useStore(hidden);
}

/**
 * Hides a recipe at once and deletes it when the message that offers to undo it goes, or the page is left, or the session
 * ends: the API deletes for good, so waiting is the only undo that brings back the very same recipe.
 */
export function deleteLater(current: VersionedRecipe): void {
  const { id, title } = current.recipe;
  hide(id);
  const toast = showToast({
    text: `“${title}” is deleted.`,
    onGone: () => void finish(),
    action: {
      label: 'Undo',
      run: () => {
        waiting.delete(id);
        unhide(id);
      },
    },
  });
  const finish = async ({ keepalive } = { keepalive: false }): Promise<void> => {
    if (!waiting.delete(id)) return;
    dismissToast(toast);
    await deleteNow(current, keepalive);
  };
  waiting.set(id, finish);
}

window.addEventListener('pagehide', () => {
  for (const finish of waiting.values()) void finish({ keepalive: true });
});
beforeSessionEnds(async () => {
  await Promise.all(Array.from(waiting.values(), (finish) => finish()));
});

async function deleteNow({ recipe, etag }: VersionedRecipe, keepalive: boolean): Promise<void> {
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
    refetchRecipe(recipe.id);
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
