/** The scenes of the README's examples for frameworks: each runs in an app of its own. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionComponent } from 'react';
import type { Ref } from 'vue';

import type * as root from '../../src/index.ts';
import { UNTIMED } from './bindings/untimed.ts';
import type { Scene, World } from './readme-scenes.ts';

const RECIPE_ID = '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';
const UNKNOWN_ID = '0198d7a2-8f10-7cc3-9b55-000000000000';

/** A recipe is read, another one is not there, and the first is renamed and read again. */
const REQUESTS = [
  `GET /recipes/${RECIPE_ID} 200`,
  `GET /recipes/${UNKNOWN_ID} 404`,
  `PATCH /recipes/${RECIPE_ID} 200`,
  `GET /recipes/${RECIPE_ID} 200`,
];
const NOTHING = /^$/;

/** What the example for Svelte gives. */
interface RecipeView {
  readonly title: () => string | undefined;
  readonly isMissing: () => boolean;
  readonly rename: (title: string) => Promise<void>;
}

/** The bundle of an example, with what it has to be run with. */
interface Bundled {
  readonly createClient: typeof root.createClient;
  readonly setDefaultClient: typeof root.setDefaultClient;
  /** Runs `setup` as a component would; gives what it gives, and ends the app. */
  readonly inApp: (setup: () => RecipeView) => { readonly view: RecipeView; readonly end: () => void };
}

/** Most examples run without a page, whose library takes a second to load. */
async function openPage(): Promise<void> {
  const { openDocument } = await import('../open-document.ts');
  openDocument();
}

/** Waits until something is so, for as long as a busy machine may take. */
async function until(isSo: () => boolean): Promise<void> {
  for (let count = 0; !isSo(); count += 1) {
    if (count > 2000) assert.fail(`never so: ${isSo.toString()}`);
    await delay(5);
  }
}

async function play(known: RecipeView, openUnknown: () => RecipeView): Promise<void> {
  await until(() => known.title() !== undefined);
  assert.equal(known.title(), 'Tomato soup');
  const unknown = openUnknown();
  await until(() => unknown.isMissing());
  await known.rename('Red soup');
  await until(() => known.title() === 'Red soup');
}

async function playVue({ sdk, baseUrl, token }: World, exports: unknown): Promise<void> {
  const { QueryClient, VueQueryPlugin } = await import('@tanstack/vue-query');
  const { createApp, effectScope } = await import('vue');
  sdk.setDefaultClient(sdk.createClient({ baseUrl, auth: token }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the compiler has checked the example
  const { useRecipe } = exports as {
    useRecipe: (id: string) => {
      readonly title: Ref<string | undefined>;
      readonly isMissing: Ref<boolean>;
      readonly rename: (title: string) => Promise<void>;
    };
  };
  const queryClient = new QueryClient({ defaultOptions: UNTIMED });
  const app = createApp({}).use(VueQueryPlugin, { queryClient });
  const scope = effectScope();
  const open = (id: string): RecipeView => {
    const recipe = app.runWithContext(() => scope.run(() => useRecipe(id)));
    assert.ok(recipe);
    return {
      title: () => recipe.title.value,
      isMissing: () => recipe.isMissing.value,
      rename: recipe.rename,
    };
  };
  await play(open(RECIPE_ID), () => open(UNKNOWN_ID));
  scope.stop();
  queryClient.clear();
}

async function playSwr({ sdk, baseUrl, token }: World, exports: unknown): Promise<void> {
  const { createElement } = await import('react');
  const { createRoot } = await import('react-dom/client');
  sdk.setDefaultClient(sdk.createClient({ baseUrl, auth: token }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the compiler has checked the example
  const { RecipeTitle } = exports as { RecipeTitle: FunctionComponent<{ recipeId: string }> };
  const open = (recipeId: string): HTMLElement => {
    const container = document.createElement('div');
    document.body.append(container);
    createRoot(container).render(createElement(RecipeTitle, { recipeId }));
    return container;
  };
  const known = open(RECIPE_ID);
  const view = {
    title: () => known.textContent || undefined,
    isMissing: () => known.textContent === 'There is no such recipe.',
    rename: async () => known.querySelector('button')?.click(),
  };
  await play(view, () => {
    const unknown = open(UNKNOWN_ID);
    return { ...view, isMissing: () => unknown.textContent === 'There is no such recipe.' };
  });
}

/** The example's `open`, in an app of the bundle. */
async function playBundled(
  { baseUrl, token }: World,
  bundle: Bundled,
  open: (id: string) => RecipeView,
): Promise<void> {
  const { createClient, setDefaultClient, inApp } = bundle;
  setDefaultClient(createClient({ baseUrl, auth: token }));
  const known = inApp(() => open(RECIPE_ID));
  const unknown: { end?: () => void } = {};
  await play(known.view, () => {
    const { view, end } = inApp(() => open(UNKNOWN_ID));
    unknown.end = end;
    return view;
  });
  known.end();
  unknown.end?.();
}

/** By the title of the example and the name of the scene. */
export const FRAMEWORK_SCENES: Readonly<Record<string, Readonly<Record<string, Scene>>>> = {
  Vue: { 'in an app': { after: playVue, requests: REQUESTS, says: NOTHING } },
  SWR: {
    'on a page': { before: openPage, after: playSwr, requests: REQUESTS, says: NOTHING },
  },
  Svelte: {
    'in a component': {
      before: openPage,
      after: (world, exports) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the compiler has checked the example
        const bundle = exports as Bundled & { readonly recipeOf: (id: () => string) => RecipeView };
        return playBundled(world, bundle, (id) => bundle.recipeOf(() => id));
      },
      requests: REQUESTS,
      says: NOTHING,
    },
  },
  'Coming from openapi-typescript-codegen': {
    'signed in': {
      before: ({ token }) => Object.assign(globalThis, { readToken: async () => token }),
      requests: ['GET /recipes?limit=10&q=soup 200', `GET /recipes/${UNKNOWN_ID} 404`],
      says: /^[0-9a-f-]{36} \S.*\n[0-9a-f-]{36} \S.*\n404 Not found\n$/,
    },
  },
};
