import type { RecipeContent } from '@chompardo/sdk';

import { count, formatMinutes } from '../../ui/text.ts';
import { completed } from '../data/content.ts';
import { VISIBILITIES } from '../view/visibility.ts';

/** A line of one side; `isOnlyHere` when the other side has no such line. */
export interface Line {
  readonly text: string;
  readonly isOnlyHere: boolean;
}

/** A part of the recipe that the two sides do not say alike. */
export interface Difference {
  readonly part: string;
  /** Who changed it since both began from the same version. */
  readonly changedBy: 'you' | 'them' | 'both';
  readonly mine: readonly Line[];
  readonly theirs: readonly Line[];
}

/** Three versions of a recipe: where both began, what the user made of it, and what is kept now. */
export interface Versions {
  readonly opened: RecipeContent;
  readonly mine: RecipeContent;
  readonly theirs: RecipeContent;
}

/** What differs between the user's version and the other, part by part. */
export function differences({ opened, mine, theirs }: Versions): readonly Difference[] {
  const [before, left, right] = [linesOf(opened), linesOf(mine), linesOf(theirs)];
  return MEMBERS.flatMap((member) => {
    const [ours, others] = [left[member], right[member]];
    if (isSame(ours, others)) return [];
    const changedBy = isSame(ours, before[member]) ? 'them' : isSame(others, before[member]) ? 'you' : 'both';
    return [{ part: PARTS[member], changedBy, mine: mark(ours, others), theirs: mark(others, ours) }];
  });
}

/** Both changes in one, part by part; undefined when both changed the same part. */
export function merged(versions: Versions): RecipeContent | undefined {
  const found = differences(versions);
  if (found.length === 0 || found.some(({ changedBy }) => changedBy === 'both')) return undefined;
  const [mine, theirs] = [completed(versions.mine), completed(versions.theirs)];
  const ours = MEMBERS.filter((member) =>
    found.some(({ part, changedBy }) => part === PARTS[member] && changedBy === 'you'),
  );
  return { ...theirs, ...Object.fromEntries(ours.map((member) => [member, mine[member]])) };
}

type Member = keyof RecipeContent;

const PARTS: Readonly<Record<Member, string>> = {
  title: 'Title',
  description: 'Description',
  servings: 'Servings',
  prepMinutes: 'Preparation',
  cookMinutes: 'Cooking',
  tags: 'Tags',
  ingredients: 'Ingredients',
  steps: 'Method',
  visibility: 'Who may read it',
};

const MEMBERS = [
  'title',
  'description',
  'servings',
  'prepMinutes',
  'cookMinutes',
  'tags',
  'ingredients',
  'steps',
  'visibility',
] as const satisfies readonly Member[];

function linesOf(content: RecipeContent): Readonly<Record<Member, readonly string[]>> {
  const all = completed(content);
  return {
    title: [all.title],
    description: all.description === '' ? [] : [all.description],
    servings: [count(all.servings, 'serving')],
    prepMinutes: [minutes(all.prepMinutes)],
    cookMinutes: [minutes(all.cookMinutes)],
    tags: all.tags,
    ingredients: all.ingredients.map(({ quantity, unit, name, note }) =>
      [quantity, unit, name, note === undefined ? undefined : `(${note})`].filter(Boolean).join(' '),
    ),
    steps: all.steps,
    visibility: [VISIBILITIES[all.visibility].name],
  };
}

/** From a day on the text leaves out minutes, and two times must not look the same. */
function minutes(number: number): string {
  return number < 1440 ? formatMinutes(number) : `${formatMinutes(number)} (${number} min)`;
}

function isSame(lines: readonly string[], others: readonly string[]): boolean {
  return lines.length === others.length && lines.every((line, index) => line === others[index]);
}

function mark(lines: readonly string[], others: readonly string[]): readonly Line[] {
  return lines.map((text) => ({ text, isOnlyHere: !others.includes(text) }));
}
