/** The composables in an app of Vue. */
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { createApp, effectScope, watchEffect } from 'vue';

import { useGetRecipe, useUpdateRecipe } from '../../../src/vue/index.ts';
import type { Binding } from './binding.ts';
import { failedRead, failedRename } from './failed.ts';
import { UNTIMED } from './untimed.ts';

/** Runs `setup` as a component would, with a cache of its own. */
async function inApp<T>(setup: () => Promise<T>): Promise<T> {
  const queryClient = new QueryClient({ defaultOptions: UNTIMED });
  const app = createApp({}).use(VueQueryPlugin, { queryClient });
  const scope = effectScope();
  try {
    return await app.runWithContext(() => scope.run(setup) ?? Promise.reject(new Error('no scope')));
  } finally {
    scope.stop();
    queryClient.clear();
  }
}

export const vue: Binding = {
  read: (recipeId, request) =>
    inApp(async () => {
      const { data, error, isPending } = useGetRecipe(recipeId, undefined, { request });
      await new Promise<void>((resolve) => {
        watchEffect(() => {
          if (!isPending.value) resolve();
        });
      });
      if (data.value === undefined) return failedRead(error.value ?? new Error('no answer'));
      const { status, data: recipe, headers } = data.value;
      return { status, title: recipe.title, etag: headers['etag'] };
    }),
  rename: (recipeId, title, etag, request) =>
    inApp(async () => {
      const { mutateAsync } = useUpdateRecipe({ request });
      try {
        const changed = await mutateAsync({ recipeId, data: { title }, headers: { 'If-Match': etag } });
        return { status: changed.status, title: changed.data.title, etag: changed.headers['etag'] };
      } catch (error) {
        return failedRename(error instanceof Error ? error : new Error(String(error)));
      }
    }),
};
