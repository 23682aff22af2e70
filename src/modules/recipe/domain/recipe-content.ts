import type { ErrorDetail } from '#kernel/domain/domain-error.ts';
import type { Reason } from '#kernel/domain/error-code.ts';
import { InvalidRecipeError } from './errors.ts';
import { parseQuantity } from './quantity.ts';
import { MAX_TAG_LENGTH, normalizeTag, normalizeTags, codePointLength, isBlank } from './text.ts';

/** Who may read a recipe: its author; everybody who knows its id; everybody, lists and searches included. */
export type Visibility = 'private' | 'unlisted' | 'public';

/** One line of a list of ingredients. */
export interface Ingredient {
  readonly name: string;
  /** Decimal text greater than zero, kept digit for digit; absent for "to taste". */
  readonly quantity?: string;
  /** Absent for whole things. */
  readonly unit?: string;
  readonly note?: string;
}

/** What the author of a recipe writes. */
export interface RecipeContent {
  readonly title: string;
  /** Empty for none. */
  readonly description: string;
  readonly servings: number;
  readonly prepMinutes: number;
  readonly cookMinutes: number;
  /** Normal forms, each once. */
  readonly tags: readonly string[];
  readonly ingredients: readonly Ingredient[];
  readonly steps: readonly string[];
  readonly visibility: Visibility;
}

/** What an author must write; the rest has defaults. */
export type RecipeDraft = Pick<RecipeContent, 'title' | 'servings' | 'ingredients' | 'steps'> &
  Partial<RecipeContent>;

/** A merge patch (RFC 7396): absent members stay, `null` sets an optional one to its default. */
export type RecipePatch = Partial<Pick<RecipeContent, 'title' | 'servings' | 'ingredients' | 'steps'>> & {
  readonly [K in OptionalMember]?: RecipeContent[K] | null;
};

type OptionalMember = 'description' | 'prepMinutes' | 'cookMinutes' | 'tags' | 'visibility';

const DEFAULTS: Pick<RecipeContent, OptionalMember> = {
  description: '',
  prepMinutes: 0,
  cookMinutes: 0,
  tags: [],
  visibility: 'private',
};

/**
 * Completes and checks what an author wrote: defaults filled in, tags in their normal form, all else kept code point for code
 * point.
 *
 * @throws {InvalidRecipeError} with every broken rule.
 */
export function toRecipeContent(draft: RecipeDraft): RecipeContent {
  const content = { ...DEFAULTS, ...draft };
  const details = findBrokenRules(content);
  if (details.length > 0) {
    throw new InvalidRecipeError(details);
  }
  return { ...content, tags: normalizeTags(content.tags) };
}

/**
 * The content after a merge patch. Lists are replaced as a whole (RFC 7396, section 2), and the result is checked as if
 * it had been written at once.
 *
 * @throws {InvalidRecipeError} with every broken rule of the result.
 */
export function patchRecipeContent(content: RecipeContent, patch: RecipePatch): RecipeContent {
  return toRecipeContent({
    title: patch.title ?? content.title,
    servings: patch.servings ?? content.servings,
    ingredients: patch.ingredients ?? content.ingredients,
    steps: patch.steps ?? content.steps,
    description: mergeOptional(patch.description, content.description, DEFAULTS.description),
    prepMinutes: mergeOptional(patch.prepMinutes, content.prepMinutes, DEFAULTS.prepMinutes),
    cookMinutes: mergeOptional(patch.cookMinutes, content.cookMinutes, DEFAULTS.cookMinutes),
    tags: mergeOptional(patch.tags, content.tags, DEFAULTS.tags),
    visibility: mergeOptional(patch.visibility, content.visibility, DEFAULTS.visibility),
  });
}

function mergeOptional<T>(value: T | null | undefined, current: T, fallback: T): T {
  return value === undefined ? current : (value ?? fallback);
}

/** Preparation and cooking together. */
export function totalMinutes(times: Pick<RecipeContent, 'prepMinutes' | 'cookMinutes'>): number {
  return times.prepMinutes + times.cookMinutes;
}

/** The rules that a recipe breaks, by place. */
function findBrokenRules(content: RecipeContent): readonly ErrorDetail[] {
  const details: ErrorDetail[] = [];
  const must = (isKept: boolean, pointer: string, reason: Reason, message: string): void => {
    if (!isKept) {
      details.push({ ...reason, pointer, message });
    }
  };
  const short = (value: string, pointer: string, max: number): void => {
    const reason = { code: 'maxLength', limit: max } as const;
    must(codePointLength(value) <= max, pointer, reason, `must have at most ${max} characters`);
  };
  const text = (value: string | undefined, pointer: string, max: number): void => {
    if (value !== undefined) {
      must(!isBlank(value), pointer, { code: 'blank' }, 'must hold more than white space');
      short(value, pointer, max);
    }
  };
  const whole = (value: number, pointer: string, min: number, max: number): void => {
    const reason: Reason = !Number.isInteger(value)
      ? { code: 'type', limit: ['integer'] }
      : value < min
        ? { code: 'minimum', limit: min }
        : { code: 'maximum', limit: max };
    const isKept = Number.isInteger(value) && value >= min && value <= max;
    must(isKept, pointer, reason, `must be a whole number from ${min} to ${max}`);
  };
  const list = (values: readonly unknown[], pointer: string, min: number, max: number): void => {
    const reason: Reason =
      values.length < min ? { code: 'minItems', limit: min } : { code: 'maxItems', limit: max };
    must(values.length >= min && values.length <= max, pointer, reason, `must have ${min} to ${max} items`);
  };

  text(content.title, '/title', 200);
  short(content.description, '/description', 4000);
  whole(content.servings, '/servings', 1, 1000);
  whole(content.prepMinutes, '/prepMinutes', 0, 43_200);
  whole(content.cookMinutes, '/cookMinutes', 0, 43_200);
  list(content.tags, '/tags', 0, 20);
  for (const [index, tag] of content.tags.entries()) {
    text(normalizeTag(tag), `/tags/${index}`, MAX_TAG_LENGTH);
  }
  list(content.ingredients, '/ingredients', 1, 100);
  for (const [index, ingredient] of content.ingredients.entries()) {
    const pointer = `/ingredients/${index}`;
    text(ingredient.name, `${pointer}/name`, 200);
    text(ingredient.unit, `${pointer}/unit`, 40);
    text(ingredient.note, `${pointer}/note`, 500);
    if (ingredient.quantity !== undefined) {
      const quantity = parseQuantity(ingredient.quantity);
      must(
        quantity !== undefined && quantity.numerator > 0n,
        `${pointer}/quantity`,
        quantity === undefined ? { code: 'pattern' } : { code: 'exclusiveMinimum', limit: 0 },
        'must be a decimal number greater than zero, such as 1.5',
      );
    }
  }
  list(content.steps, '/steps', 1, 100);
  for (const [index, step] of content.steps.entries()) {
    text(step, `/steps/${index}`, 4000);
  }
  return details;
}
