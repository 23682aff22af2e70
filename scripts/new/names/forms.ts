/** A name in each form that files, code, SQL and sentences have it in. */
export interface Forms {
  /** `meal-plan` */
  readonly kebab: string;
  /** `mealPlan` */
  readonly camel: string;
  /** `MealPlan` */
  readonly pascal: string;
  /** `meal_plan` */
  readonly snake: string;
  /** `meal plan` */
  readonly words: string;
  /** `Meal plan` */
  readonly sentence: string;
}

/** Every form of a name in kebab-case. */
export function formsOf(kebab: string): Forms {
  const words = kebab.split('-');
  const pascal = words.map(capitalized).join('');
  return {
    kebab,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
    snake: words.join('_'),
    words: words.join(' '),
    sentence: capitalized(words.join(' ')),
  };
}

/** `meal-plan` from `mealPlan`, `MealPlan`, `meal_plan` or `Meal Plan`; empty when nothing is left. */
export function toKebab(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '');
}

/** The plural by the rules of English; exceptions are told with `--plural`. */
export function pluralOf(kebab: string): string {
  if (/[^aeiou]y$/.test(kebab)) return `${kebab.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(kebab) ? `${kebab}es` : `${kebab}s`;
}

/** The singular that a plural was made of, by the same rules; undefined for what does not look like one. */
export function singularOf(kebab: string): string | undefined {
  // A bus, a dress and an analysis are one.
  if (/(?:a|i|s|u)s$/.test(kebab)) return undefined;
  const candidates = [
    kebab.replace(/ies$/, 'y'),
    kebab.replace(/(?<=s|x|z|ch|sh)es$/, ''),
    kebab.replace(/s$/, ''),
  ];
  return candidates.find((each) => each !== kebab && !each.endsWith('s') && pluralOf(each) === kebab);
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
