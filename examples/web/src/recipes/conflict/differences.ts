import type { RecipeContent } from '@chompardo/sdk';

import { formatMinutes } from '../../ui/text.ts';
import { VISIBILITIES } from '../view/visibility.ts';

/** A line of one side; `isOnlyHere` when the other side has no such line. */
export interface Line {
  readonly text: string;
  readonly isOnlyHere: boolean;
}

/** A part of the recipe that the two sides do not say alike. */
export interface Difference {
  readonly part: string;
  readonly mine: readonly Line[];
  readonly theirs: readonly Line[];
}

/** What differs between two texts of a recipe, part by part. */
export function differences(mine: RecipeContent, theirs: RecipeContent): readonly Difference[] {
  const [left, right] = [linesOf(mine), linesOf(theirs)];
  return PARTS.flatMap((part) => {
    const [ours, others] = [left[part], right[part]];
    if (ours.length === others.length && ours.every((line, index) => line === others[index])) return [];
    return [{ part, mine: mark(ours, others), theirs: mark(others, ours) }];
  });
}

const PARTS = [
  'Title',
  'Description',
  'Servings',
  'Preparation',
  'Cooking',
  'Tags',
  'Ingredients',
  'Method',
  'Who may read it',
] as const;

type Part = (typeof PARTS)[number];

function linesOf(content: RecipeContent): Readonly<Record<Part, readonly string[]>> {
  return {
    Title: [content.title],
    Description: content.description === undefined || content.description === '' ? [] : [content.description],
    Servings: [String(content.servings)],
    Preparation: [formatMinutes(content.prepMinutes ?? 0)],
    Cooking: [formatMinutes(content.cookMinutes ?? 0)],
    Tags: content.tags ?? [],
    Ingredients: content.ingredients.map(({ quantity, unit, name, note }) =>
      [quantity, unit, name, note === undefined ? undefined : `(${note})`].filter(Boolean).join(' '),
    ),
    Method: content.steps,
    'Who may read it': [VISIBILITIES[content.visibility ?? 'private'].name],
  };
}

function mark(lines: readonly string[], others: readonly string[]): readonly Line[] {
  return lines.map((text) => ({ text, isOnlyHere: !others.includes(text) }));
}
