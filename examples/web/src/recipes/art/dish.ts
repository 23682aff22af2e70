import type { RecipeSummary } from '@chompardo/sdk';

/** What is drawn for a recipe. */
export type Dish = 'bowl' | 'bread' | 'cake' | 'glass' | 'leaf' | 'noodles' | 'pan' | 'stack' | 'fish';

/** The first whose words the recipe has; the order puts the telling words first. */
const WORDS: readonly (readonly [Dish, RegExp])[] = [
  ['stack', /pancake|waffle|crepe|crêpe|breakfast|porridge|granola/],
  ['noodles', /pasta|noodle|spaghetti|lasagn|ramen|linguin|penne|gnocchi/],
  ['cake', /cake|dessert|sweet|pie|tart|cookie|brownie|chocolate|ice cream|pudding|crumble/],
  ['bread', /bread|loaf|focaccia|bun|roll|pizza|dough|baking|toast|sandwich/],
  ['fish', /fish|salmon|cod|tuna|trout|prawn|shrimp|seafood/],
  ['glass', /drink|juice|smoothie|lemonade|tea|coffee|cocktail|syrup/],
  ['bowl', /soup|stew|curry|chili|dal|broth|ragout|risotto|rice|bean|lentil/],
  ['leaf', /salad|slaw|greens|herb|pesto|vegetable/],
];

/** Chooses a drawing by what the recipe is called. */
export function dishOf({ title, tags }: Pick<RecipeSummary, 'title' | 'tags'>): Dish {
  for (const words of [title.toLowerCase(), tags.join(' ')]) {
    const found = WORDS.find(([, pattern]) => pattern.test(words));
    if (found) return found[0];
  }
  return 'pan';
}

const TONES = 6;

/** One of six colours, the same for the same recipe everywhere. */
export function toneOf(recipeId: string): number {
  let sum = 0;
  for (const character of recipeId) sum = (sum * 31 + character.charCodeAt(0)) % 9973;
  return sum % TONES;
}
