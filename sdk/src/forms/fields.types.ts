/** Enumerations and fields are as precise as the contract, and HTML takes the attributes; the compiler is the test. */
import type { InputHTMLAttributes, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';

import {
  type ingredientFields,
  listRecipesDefaults,
  listRecipesFields,
  recipeContentDefaults,
  recipeContentFields,
} from '../generated/forms.ts';
import type { ListRecipesRequest } from '../generated/recipe/operations.ts';
import { type RecipeContent, RecipeSort, RecipeVisibility } from '../generated/recipe/schemas.ts';
import type { Field } from './fields.ts';

type Input = InputHTMLAttributes<HTMLInputElement>;

recipeContentFields.title satisfies Input & { readonly maxLength: 200; readonly required: true };
recipeContentFields.servings satisfies Input & { readonly min: 1; readonly max: 1000; readonly step: 1 };
recipeContentFields.tags.item satisfies Input;
recipeContentFields.ingredients.item.fields.quantity satisfies Input;
recipeContentFields.description satisfies TextareaHTMLAttributes<HTMLTextAreaElement>;
recipeContentFields.visibility satisfies SelectHTMLAttributes<HTMLSelectElement>;
recipeContentFields.ingredients.item.fields satisfies typeof ingredientFields;
recipeContentFields.tags.maxItems satisfies 20;
recipeContentFields.title satisfies Field;

listRecipesFields.q satisfies Input & { readonly maxLength: 200 };
recipeContentDefaults satisfies Partial<RecipeContent>;
recipeContentDefaults.visibility satisfies 'private';
listRecipesDefaults satisfies ListRecipesRequest;

// @ts-expect-error -- what must be there has no default
void recipeContentDefaults.title;
// @ts-expect-error -- no such field
void recipeContentFields.name;
// @ts-expect-error -- a list is no input
recipeContentFields.tags satisfies { readonly maxLength: number };
// @ts-expect-error -- what the contract says stays as it is
recipeContentFields.title.maxLength = 300;

RecipeVisibility.private satisfies 'private';
RecipeSort['-createdAt'] satisfies RecipeSort;
Object.values(RecipeSort) satisfies readonly RecipeSort[];
'title' satisfies RecipeSort;

// @ts-expect-error -- the contract knows no such order
void RecipeSort.size;
// @ts-expect-error -- nor as a type
'size' satisfies RecipeSort;
// @ts-expect-error -- a value stays what it is
RecipeVisibility.private = 'private';
// Every value of the type is one of the object, so that a new one in the contract is one here.
RecipeVisibility satisfies { readonly [K in RecipeVisibility]: K };
