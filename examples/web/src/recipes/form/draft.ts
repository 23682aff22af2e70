import type { Ingredient, RecipeContent, RecipeVisibility } from '@chompardo/sdk';

import { recipeContentDefaults } from '@chompardo/sdk/forms';

import { completed } from '../data/content.ts';
import { toMeasure, toMinutes } from './typed.ts';

/** A recipe as it stands in the form: everything is text, and half of it may be missing. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly servings: string;
  readonly prepMinutes: string;
  readonly cookMinutes: string;
  readonly tags: readonly string[];
  readonly ingredients: readonly IngredientDraft[];
  readonly steps: readonly StepDraft[];
  readonly visibility: RecipeVisibility;
}

/** A row of the ingredients; `key` tells rows apart while they move. */
export interface IngredientDraft {
  readonly key: number;
  readonly quantity: string;
  readonly unit: string;
  readonly name: string;
  readonly note: string;
}

/** A step in the form. */
export interface StepDraft {
  readonly key: number;
  readonly text: string;
}

let lastKey = 0;

function nextKey(): number {
  lastKey += 1;
  return lastKey;
}

/** An empty row. */
export function emptyIngredient(): IngredientDraft {
  return { key: nextKey(), quantity: '', unit: '', name: '', note: '' };
}

/** An empty step. */
export function emptyStep(): StepDraft {
  return { key: nextKey(), text: '' };
}

/** The same draft with keys of this page, where it comes from another one. */
export function withNewKeys(draft: Draft): Draft {
  return {
    ...draft,
    ingredients: draft.ingredients.map((row) => ({ ...row, key: nextKey() })),
    steps: draft.steps.map((row) => ({ ...row, key: nextKey() })),
  };
}

/** What most recipes are for; the API has no default of its own. */
const USUAL_SERVINGS = '4';

/** What a new recipe starts from. */
export function emptyDraft(): Draft {
  return {
    title: '',
    description: recipeContentDefaults.description,
    servings: USUAL_SERVINGS,
    prepMinutes: '',
    cookMinutes: '',
    tags: recipeContentDefaults.tags,
    ingredients: [emptyIngredient(), emptyIngredient(), emptyIngredient()],
    steps: [emptyStep()],
    visibility: recipeContentDefaults.visibility,
  };
}

/** A recipe, to be edited. */
export function draftOf(recipe: RecipeContent): Draft {
  const content = completed(recipe);
  return {
    title: content.title,
    description: content.description,
    servings: String(content.servings),
    prepMinutes: minutesText(content.prepMinutes, recipeContentDefaults.prepMinutes),
    cookMinutes: minutesText(content.cookMinutes, recipeContentDefaults.cookMinutes),
    tags: content.tags,
    ingredients: content.ingredients.map(({ quantity = '', unit = '', name, note = '' }) => ({
      key: nextKey(),
      quantity,
      unit,
      name,
      note,
    })),
    steps: content.steps.map((text) => ({ key: nextKey(), text })),
    visibility: content.visibility,
  };
}

/** Empty for what the API takes an empty field for. */
function minutesText(minutes: number, fallback: number): string {
  return minutes === fallback ? '' : String(minutes);
}

/**
 * The draft as the API takes it, errors included: the API says what is wrong, and where. Only empty rows at the end are left
 * out, so every pointer of an answer names the row with that number.
 */
export function contentOfDraft(draft: Draft): RecipeContent {
  const { prepMinutes, cookMinutes } = draft;
  return {
    title: draft.title.trim(),
    description: draft.description.trim(),
    servings: numberOr(draft.servings, toWhole),
    ...(prepMinutes.trim() === '' ? {} : { prepMinutes: numberOr(prepMinutes, toMinutes) }),
    ...(cookMinutes.trim() === '' ? {} : { cookMinutes: numberOr(cookMinutes, toMinutes) }),
    tags: draft.tags,
    ingredients: withoutEmptyEnd(draft.ingredients, isEmptyRow).map(toIngredient),
    steps: withoutEmptyEnd(draft.steps, ({ text }) => text.trim() === '').map(({ text }) => text.trim()),
    visibility: draft.visibility,
  };
}

/** The number that was typed; what is none goes as it is, for the API to refuse with all else that is wrong. */
function numberOr(typed: string, read: (text: string) => number | undefined): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is wrong, and the API says so at its field
  return read(typed) ?? (typed as unknown as number);
}

function toWhole(typed: string): number | undefined {
  return /^\s*\d+\s*$/.test(typed) ? Number(typed) : undefined;
}

function isEmptyRow({ quantity, unit, name, note }: IngredientDraft): boolean {
  return [quantity, unit, name, note].every((text) => text.trim() === '');
}

/** Keeps the first row in any case: the errors of an empty list are shown at it. */
function withoutEmptyEnd<Row>(rows: readonly Row[], isEmpty: (row: Row) => boolean): readonly Row[] {
  const lastFull = rows.findLastIndex((row) => !isEmpty(row));
  return rows.slice(0, Math.max(1, lastFull + 1));
}

function toIngredient(row: IngredientDraft): Ingredient {
  const { quantity, unit, note } = toMeasure(row);
  return {
    name: row.name.trim(),
    ...(quantity === '' ? {} : { quantity }),
    ...(unit === '' ? {} : { unit }),
    ...(note === '' ? {} : { note }),
  };
}
