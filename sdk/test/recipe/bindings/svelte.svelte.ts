/// <reference types="svelte" />
/** The functions in an effect of Svelte. Compiled and bundled before it is run: it is made of runes, and so is the library. */
import { QueryClient } from '@tanstack/svelte-query';

import { createGetRecipe, createUpdateRecipe } from '../../../src/svelte/index.ts';
import type { Binding } from './binding.ts';
import { failedRead, failedRename } from './failed.ts';
import { UNTIMED } from './untimed.ts';

/** Runs `setup` as a component would, with a cache of its own, until it has something to tell. */
async function inRoot<T>(setup: (cache: QueryClient, tell: (outcome: T) => void) => void): Promise<T> {
  const cache = new QueryClient({ defaultOptions: UNTIMED });
  let destroy: (() => void) | undefined;
  try {
    return await new Promise<T>((resolve) => {
      destroy = $effect.root(() => setup(cache, resolve));
    });
  } finally {
    destroy?.();
    cache.clear();
  }
}

export const svelte: Binding = {
  read: (recipeId, request) =>
    inRoot((cache, tell) => {
      const query = createGetRecipe(
        () => recipeId,
        undefined,
        () => ({ request }),
        () => cache,
      );
      $effect(() => {
        if (query.isError) tell(failedRead(query.error));
        if (!query.isSuccess) return;
        const { status, data, headers } = query.data;
        tell({ status, title: data.title, etag: headers['etag'] });
      });
    }),
  rename: (recipeId, title, etag, request) =>
    inRoot((cache, tell) => {
      const mutation = createUpdateRecipe(
        () => ({ request }),
        () => cache,
      );
      $effect(() => {
        if (mutation.isError) tell(failedRename(mutation.error));
        if (!mutation.isSuccess) return;
        const { status, data, headers } = mutation.data;
        tell({ status, title: data.title, etag: headers['etag'] });
      });
      mutation.mutate({ recipeId, data: { title }, headers: { 'If-Match': etag } });
    }),
};
