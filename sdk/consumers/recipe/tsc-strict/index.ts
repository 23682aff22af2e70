import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { createRecipe, getRecipe, isErrorOf, RecipeSort, unwrap, type Recipe } from '@chompardo/sdk';
import { Chompardo } from '@chompardo/sdk/client';
import { recipeContentFields, type TextField } from '@chompardo/sdk/forms';
import { getRecipeMock, handlers } from '@chompardo/sdk/msw';
import { createRecipeMutation, getRecipeQuery, listRecipesInfiniteQuery } from '@chompardo/sdk/react';
import { recipeContentSchema } from '@chompardo/sdk/zod';

export async function titleOf(recipeId: string): Promise<string | undefined> {
  const result = await getRecipe({ recipeId });
  if (result.status === 404) return undefined;
  if (result.status !== 200) throw new Error(String(result.status));
  return result.headers.etag + result.data.title;
}

export async function create(
  title: string,
): Promise<{ readonly recipe?: Recipe; readonly refusal?: string }> {
  try {
    const body = { title, servings: 4, ingredients: [{ name: 'salt' }], steps: ['Cook.'] };
    return { recipe: await unwrap(createRecipe({ body })) };
  } catch (error) {
    if (isErrorOf(createRecipe, error) && error.status === 422) return { refusal: error.body.title };
    throw error;
  }
}

// @ts-expect-error -- a recipe has an id
void getRecipe({});
// @ts-expect-error -- no such member
void createRecipe({ body: { name: 'Soup' } });

export const orders: readonly RecipeSort[] = Object.values(RecipeSort);
export const titleField: TextField = recipeContentFields.title;
export const most: 200 = recipeContentFields.ingredients.item.fields.name.maxLength;

export const first: Promise<string | undefined> = new Chompardo({ baseUrl: 'https://a.test' }).recipe
  .listRecipes()
  .then(({ items }) => items[0]?.title);
export const mocks = [...handlers({ seed: 1 }), getRecipeMock({ status: 404 })];
export const useTitle = (recipeId: string): string | undefined =>
  useQuery(getRecipeQuery({ recipeId })).data?.data.title;
export const useTitles = (): readonly string[] | undefined =>
  useInfiniteQuery(listRecipesInfiniteQuery({ tag: ['soup'] })).data?.pages.flatMap(({ items }) =>
    items.map(({ title }) => title),
  );
export const useCreate = (): ((form: unknown) => void) => {
  const { mutate } = useMutation(createRecipeMutation());
  return (form) => mutate({ body: recipeContentSchema.parse(form) });
};
