/** The hooks of SWR in components of React, in a document that is made for them. */
import type { ReactElement } from 'react';

import { openDocument } from '../../open-document.ts';
import type { Binding } from './binding.ts';
import { failedRead, failedRename } from './failed.ts';

// React and SWR look for a document when they are loaded.
openDocument();
const { createElement } = await import('react');
const { createRoot } = await import('react-dom/client');
const { SWRConfig } = await import('swr');
const { useGetRecipe, useUpdateRecipe } = await import('../../../src/swr/index.ts');

/** Renders a component, with a cache of its own, until it has something to tell. */
async function inApp<T>(component: (tell: (outcome: T) => void) => () => ReactElement | null): Promise<T> {
  const container = document.createElement('div');
  const root = createRoot(container);
  try {
    return await new Promise<T>((resolve) => {
      const child = createElement(component(resolve));
      root.render(createElement(SWRConfig, { value: { provider: () => new Map() } }, child));
    });
  } finally {
    root.unmount();
  }
}

export const swr: Binding = {
  read: (recipeId, request) =>
    inApp((tell) => () => {
      const { data, error } = useGetRecipe(recipeId, undefined, { request });
      if (error !== undefined) tell(failedRead(error));
      if (data !== undefined)
        tell({ status: data.status, title: data.data.title, etag: data.headers['etag'] });
      return null;
    }),
  rename: (recipeId, title, etag, request) =>
    inApp((tell) => () => {
      const { trigger, data, error, isMutating } = useUpdateRecipe(
        recipeId,
        { 'If-Match': etag },
        { request },
      );
      if (error !== undefined) tell(failedRename(error));
      else if (data !== undefined) {
        tell({ status: data.status, title: data.data.title, etag: data.headers['etag'] });
      } else if (!isMutating) queueMicrotask(() => void trigger({ title }).catch(() => {}));
      return null;
    }),
};
