import { toRecipeContent, type RecipeDraft } from '../domain/recipe-content.ts';
import { newRecipe, type Recipe } from '../domain/recipe.ts';
import { CountingIds } from '#tests/kit/counting-ids.ts';

const ids = new CountingIds();

/** A draft with every required part, and whatever else is given. */
export function sampleDraft(parts: Partial<RecipeDraft> = {}): RecipeDraft {
  return {
    title: 'Tomato soup',
    servings: 4,
    ingredients: [{ name: 'tomatoes', quantity: '1.50', unit: 'kg', note: 'quartered' }, { name: 'salt' }],
    steps: ['Roast the tomatoes.', 'Blend them.'],
    ...parts,
  };
}

/** A public recipe of `ada`, and whatever else is given. */
export function sampleRecipe(
  parts: Partial<RecipeDraft> & { readonly id?: string; readonly author?: string; readonly now?: Date } = {},
): Recipe {
  const { id = ids.next(), author = 'ada', now = new Date('2026-03-01T12:00:00.123Z'), ...draft } = parts;
  const content = toRecipeContent(sampleDraft({ visibility: 'public', ...draft }));
  return newRecipe({ id, author, content, now });
}
