import assert from 'node:assert/strict';

import type { ReactElement } from 'react';

import type * as root from '../../src/index.ts';
import type * as reactEntry from '../../src/react/index.ts';
import { FRAMEWORK_SCENES } from './readme-frameworks.ts';

/** The recipe that the README's examples name; stored at version 3 before each run, beside another soup. */
export const RECIPE_ID = '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';

/** What a scene has to set itself up with. */
export interface World {
  /** The package as the example imports it. */
  readonly sdk: typeof root;
  readonly loadReact: () => Promise<typeof reactEntry>;
  /** Where the README says that the API is. */
  readonly baseUrl: string;
  readonly token: string;
  readonly expiredToken: string;
}

/** An app around an example: what it has done before, what it does with the exports, and what must come of it. */
export interface Scene {
  readonly before?: (world: World) => unknown;
  readonly after?: (world: World, exports: unknown) => unknown;
  /** There is no API: nothing but mocks can answer. */
  readonly isOffline?: boolean;
  /** What the API is asked, and how it answers: nothing more, in this order. */
  readonly requests: readonly string[];
  /** What is on the console. */
  readonly says: RegExp;
}

const RECIPE = `/recipes/${RECIPE_ID}`;
const NOTHING = /^$/;

/** The app has a client of somebody as its default. */
function signIn({ sdk, baseUrl, token }: World): void {
  sdk.setDefaultClient(sdk.createClient({ baseUrl, auth: token }));
}

/** The default client of the app has no token. */
function stayOut({ sdk, baseUrl }: World): void {
  sdk.setDefaultClient(sdk.createClient({ baseUrl }));
}

/** What a browser has and Node.js does not. */
function keepInBrowser(token: string | null): void {
  const localStorage = { getItem: (key: string) => (key === 'token' ? token : null) };
  Object.defineProperty(globalThis, 'localStorage', { value: localStorage });
}

/** Somebody changes the recipe between the reading and the writing of the example. */
function beFasterThan({ sdk, baseUrl, token }: World): void {
  let isFirst = true;
  const client = sdk.createClient({
    baseUrl,
    auth: token,
    hooks: {
      request: async ({ operationId }) => {
        if (operationId !== 'updateRecipe' || !isFirst) return;
        isFirst = false;
        const change = { recipeId: RECIPE_ID, body: { servings: 2 }, ...sdk.ifMatch('*') };
        await sdk.unwrap(sdk.updateRecipe(change, { client }));
      },
    },
  });
  sdk.setDefaultClient(client);
}

/** By the title of the example and the name of the scene. */
export const SCENES: Readonly<Record<string, Readonly<Record<string, Scene>>>> = {
  'Call an operation': {
    'signed in': {
      before: ({ token }) => keepInBrowser(token),
      requests: [`GET ${RECIPE} 200`],
      says: /^Tomato soup "v3"\n$/,
    },
    'not signed in': {
      before: () => keepInBrowser(null),
      requests: [`GET ${RECIPE} 401`],
      says: /^status 401\n$/,
    },
  },
  'Exceptions instead of results': {
    'signed in': { before: signIn, requests: ['POST /recipes 201'], says: /^[0-9a-f-]{36}\n$/ },
    'not signed in': {
      before: stayOut,
      requests: ['POST /recipes 401'],
      says: /^401 \S.* \S+\n$/,
    },
  },
  Clients: {
    'a token that has expired': {
      before: ({ token, expiredToken }) => {
        const app = {
          currentToken: async () => expiredToken,
          refreshToken: async () => token,
          traceparent: () => '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        };
        Object.assign(globalThis, app);
      },
      requests: ['GET /recipes?limit=10 401', 'GET /recipes?limit=10 200'],
      says: /^200 2\n$/,
    },
  },
  'Safe to repeat': {
    'a new recipe': { before: signIn, requests: ['POST /recipes 201'], says: /^201\n$/ },
  },
  'Several users in one process': {
    'one signed in, one not': {
      after: async ({ token, expiredToken }, exports) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the compiler has checked the example
        const { answer } = exports as { answer: (token: string) => Promise<number> };
        assert.deepEqual([await answer(token), await answer(expiredToken)], [200, 401]);
      },
      requests: ['GET /recipes?limit=5 200', 'GET /recipes?limit=5 401'],
      says: NOTHING,
    },
  },
  Lists: {
    'two soups': {
      before: signIn,
      requests: ['GET /recipes?tag=soup&sort=title 200', 'GET /recipes?limit=50 200'],
      says: /^Leek soup\nTomato soup\n2 undefined\n$/,
    },
  },
  'Change what nobody else has changed': {
    'nobody else': { before: signIn, requests: [`GET ${RECIPE} 200`, `PATCH ${RECIPE} 200`], says: NOTHING },
    'somebody else': {
      before: beFasterThan,
      requests: [`GET ${RECIPE} 200`, `PATCH ${RECIPE} 200`, `PATCH ${RECIPE} 412`],
      says: /^Somebody was faster/,
    },
  },
  'Change what nobody else has changed (2)': {
    'nothing has changed': { before: signIn, requests: [`GET ${RECIPE} 304`], says: /^Still the same\.\n$/ },
  },
  React: {
    'a page that is rendered': {
      before: signIn,
      after: renderPage,
      requests: [`GET ${RECIPE} 200`, 'GET /recipes?tag=soup 200', `PATCH ${RECIPE} 200`],
      says: NOTHING,
    },
  },
  ...FRAMEWORK_SCENES,
  'One object, for scripts and services': {
    'with a token': {
      before: ({ token }) => Object.assign(globalThis, { readToken: async () => token }),
      requests: ['GET /recipes?tag=soup 200', `GET ${RECIPE} 200`, `PATCH ${RECIPE} 200`],
      says: new RegExp(`^(?=[^]*${RECIPE_ID} Tomato soup\n)[^]*\n4\n$`),
    },
    'without a token': {
      before: () => Object.assign(globalThis, { readToken: async () => '' }),
      requests: ['GET /recipes?tag=soup 401'],
      says: /^401 \S.* \S+\n$/,
    },
  },
  Mocks: {
    'calls without an API': {
      before: signIn,
      after: callMocks,
      isOffline: true,
      requests: [`GET ${RECIPE} 200`, 'POST /recipes 422', 'GET /recipes 200'],
      says: NOTHING,
    },
  },
  'Form fields': {
    'inputs that are rendered': { after: renderInputs, requests: [], says: NOTHING },
  },
  'Schemas for forms': {
    'a form that is right': { before: signIn, requests: ['POST /recipes 201'], says: NOTHING },
  },
  Types: {
    'a list of that type': {
      before: signIn,
      after: async ({ sdk }, exports) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the compiler has checked the example
        const { newest } = exports as { newest: Parameters<typeof sdk.listRecipes>[0] };
        assert.equal((await sdk.unwrap(sdk.listRecipes(newest))).items.length, 2);
      },
      requests: ['GET /recipes?limit=5&sort=-createdAt 200'],
      says: NOTHING,
    },
  },
};

interface ReactExample {
  readonly useRecipe: (recipeId: string) => { title: string | undefined; rename: (title: string) => void };
  readonly useSoups: () => { recipes: readonly root.RecipeSummary[] | undefined };
}

/** A page that uses the hooks of the example: rendered, then renamed, then rendered again. */
async function renderInputs(_world: World, exports: unknown): Promise<void> {
  const { createElement } = await import('react');
  const { renderToString } = await import('react-dom/server');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the compiler has checked the example
  const { RecipeInputs } = exports as { RecipeInputs: () => ReactElement };
  const html = renderToString(createElement(RecipeInputs));
  for (const part of [
    /<input (?=[^>]*name="title")(?=[^>]*required="")(?=[^>]*minLength="1")[^>]*maxLength="200"/i,
    /<textarea (?=[^>]*maxLength="4000")(?![^>]*required)/i,
    /<input (?=[^>]*type="number")(?=[^>]*min="1")(?=[^>]*max="1000")[^>]*step="1"/i,
    /<input (?=[^>]*name="tag")(?=[^>]*maxLength="40")[^>]*"At most 20 tags"/i,
    /<option selected="">private<\/option><option>unlisted<\/option><option>public<\/option>/,
  ]) {
    assert.match(html, part);
  }
}

async function renderPage({ loadReact }: World, exports: unknown): Promise<void> {
  const { QueryClient, QueryClientProvider } = await import('@tanstack/react-query');
  const { createElement } = await import('react');
  const { renderToString } = await import('react-dom/server');
  const { getRecipeQuery, listRecipesInfiniteQuery } = await loadReact();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the compiler has checked the example
  const { useRecipe, useSoups } = exports as ReactExample;
  const client = new QueryClient();
  await client.prefetchQuery(getRecipeQuery({ recipeId: RECIPE_ID }));
  await client.prefetchInfiniteQuery(listRecipesInfiniteQuery({ tag: ['soup'] }));
  let rename: ((title: string) => void) | undefined;
  function Page(): string {
    const recipe = useRecipe(RECIPE_ID);
    ({ rename } = recipe);
    return `${recipe.title} of ${useSoups().recipes?.length}`;
  }
  const render = (): string =>
    renderToString(createElement(QueryClientProvider, { client }, createElement(Page)));

  assert.equal(render(), 'Tomato soup of 2');
  rename?.('Red soup');
  while (client.isMutating() > 0) await new Promise(setImmediate);
  assert.equal(render(), 'Red soup of 2');
  client.clear();
}

/** What a test of an app does once the mocks of the example listen. */
async function callMocks({ sdk }: World): Promise<void> {
  const read = await sdk.getRecipe({ recipeId: RECIPE_ID });
  assert.ok(read.status === 200);
  assert.deepEqual([read.data.id, read.data.title], [RECIPE_ID, 'Goulash']);
  const body = { title: 'Goulash', servings: 4, ingredients: [{ name: 'beef' }], steps: ['Cook.'] };
  const refused = await sdk.createRecipe({ body });
  assert.ok(refused.status === 422);
  assert.equal(refused.data.errors?.[0]?.pointer, '/title');
  assert.equal((await sdk.listRecipes()).status, 200);
}
