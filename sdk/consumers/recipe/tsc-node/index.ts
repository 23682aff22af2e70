/** An app on Node.js: the types are those of Node.js, not of the DOM. */
import {
  createClient,
  getRecipe,
  ifMatch,
  listRecipes,
  paginate,
  unwrap,
  type FetchOptions,
} from '@chompardo/sdk';
import { Chompardo } from '@chompardo/sdk/client';
import { recipeContentFields } from '@chompardo/sdk/forms';
import { RecipesService } from '@chompardo/sdk/services';

const client = createClient({
  baseUrl: 'https://api.example.com',
  auth: ({ signal }) => (signal.aborted ? undefined : 'token'),
  fetch,
  headers: [['x-app', '1']],
  fetchOptions: { cache: 'no-store', next: { revalidate: 60 }, dispatcher: undefined },
});

export const options: readonly FetchOptions[] = [
  { credentials: 'omit', redirect: 'manual', keepalive: true },
  { cf: { cacheTtl: 5 } },
  // @ts-expect-error -- no such value
  { credentials: 'always' },
  // @ts-expect-error -- the call says it
  { method: 'POST' },
  // @ts-expect-error -- an option of its own
  { headers: { a: 'b' } },
];

export async function titles(): Promise<readonly string[]> {
  const read = await getRecipe(
    { recipeId: 'a' },
    { client, headers: new Headers(), signal: AbortSignal.timeout(9) },
  );
  const found: string[] = read.status === 200 ? [read.data.title, ifMatch(read)['if-match']] : [];
  for await (const { title } of paginate(listRecipes, { limit: 2 }, { client })) found.push(title);
  const { items } = await unwrap(listRecipes({}, { client, fetchOptions: { cache: 'reload' } }));
  const { title } = await new Chompardo({ baseUrl: '/', token: 'a' }).recipe.getRecipe({ recipeId: 'a' });
  return [...found, ...items.map((item) => item.title), title, String(recipeContentFields.title.maxLength)];
}

export const service: typeof RecipesService = RecipesService;
