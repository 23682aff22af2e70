/** What the app shows, by path. */
export type Route =
  | { readonly page: 'list' }
  | { readonly page: 'new' }
  | { readonly page: 'recipe'; readonly recipeId: string }
  | { readonly page: 'edit'; readonly recipeId: string }
  | { readonly page: 'cook'; readonly recipeId: string }
  | { readonly page: 'unknown' };

/** Reads a path of the app. */
export function parseRoute(path: string): Route {
  const [area, second, third, ...rest] = path.split('/').filter(Boolean);
  if (area === undefined) return { page: 'list' };
  if (area !== 'recipes' || second === undefined || rest.length > 0) return { page: 'unknown' };
  if (third === undefined) return second === 'new' ? { page: 'new' } : { page: 'recipe', recipeId: second };
  if (third === 'edit' || third === 'cook') return { page: third, recipeId: second };
  return { page: 'unknown' };
}

/** Paths of the app. */
export const paths = {
  list: '/',
  create: '/recipes/new',
  recipe: (recipeId: string, servings?: number): string => withServings(`/recipes/${recipeId}`, servings),
  edit: (recipeId: string): string => `/recipes/${recipeId}/edit`,
  cook: (recipeId: string, servings?: number): string => withServings(`/recipes/${recipeId}/cook`, servings),
} as const;

function withServings(path: string, servings: number | undefined): string {
  return servings === undefined ? path : `${path}?servings=${servings}`;
}
