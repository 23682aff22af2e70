/** The types of the schemas are those that operations take; the compiler is the test. */
import type * as z from 'zod';

import type { Ingredient, RecipeContent, RecipePatch } from '../generated/recipe/schemas.ts';
import type { ingredientSchema, recipeContentSchema, recipePatchSchema } from '../generated/zod.ts';

type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
interface Exactly<A> {
  readonly take: (value: A) => A;
}
type Identical<A, B> =
  Exactly<Plain<A>> extends Exactly<Plain<B>>
    ? Exactly<Plain<B>> extends Exactly<Plain<A>>
      ? true
      : false
    : false;

export type Checks = [
  Identical<z.infer<typeof recipeContentSchema>, RecipeContent>,
  Identical<z.input<typeof recipePatchSchema>, RecipePatch>,
  Identical<z.output<typeof ingredientSchema>, Ingredient>,
];
true satisfies Checks[0];
true satisfies Checks[1];
true satisfies Checks[2];
false satisfies Identical<z.output<typeof ingredientSchema>, RecipePatch>;
false satisfies Identical<{ a?: string }, { a: string }>;
