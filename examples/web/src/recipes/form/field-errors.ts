import type { ProblemError } from '@chompardo/sdk';
import { createContext, useContext } from 'react';

import { sentence } from '../../ui/text.ts';

/** What the API found fault with, by JSON pointer into the recipe. */
export type FieldErrors = ReadonlyMap<string, string>;

const NONE: FieldErrors = new Map();

/** The errors of the form around. */
export const FieldErrorsContext = createContext<FieldErrors>(NONE);

/** What is wrong with the field of a pointer; undefined for nothing. */
export function useFieldError(pointer: string): string | undefined {
  return useContext(FieldErrorsContext).get(pointer);
}

/** The id of a field's control. */
export function fieldId(pointer: string): string {
  return `field${pointer.replaceAll('/', '-')}`;
}

/** Sorts a problem's errors by field; `rest` is what belongs to none. */
export function toFieldErrors(errors: readonly ProblemError[]): {
  readonly fields: FieldErrors;
  readonly rest: readonly string[];
} {
  const fields = new Map<string, string>();
  const rest: string[] = [];
  for (const { pointer, detail } of errors) {
    if (pointer === undefined || pointer === '') rest.push(sentence(detail));
    else if (!fields.has(pointer)) fields.set(pointer, friendly(detail));
  }
  return { fields, rest };
}

/** The commonest faults in the words of the form; the rest in the API's. */
function friendly(detail: string): string {
  if (/fewer than 1 character/i.test(detail)) return 'Please fill this in.';
  if (/must match pattern/i.test(detail)) return 'A number greater than zero, such as 2, 1.5 or ½.';
  const least = /must be >= (\d+)/.exec(detail)?.[1];
  if (least !== undefined) return `A whole number, at least ${least}.`;
  const most = /must be <= (\d+)/.exec(detail)?.[1];
  if (most !== undefined) return `At most ${most}.`;
  if (/must be integer/i.test(detail)) return 'A whole number.';
  return sentence(detail);
}

const NAMES: Readonly<Record<string, string>> = {
  title: 'Title',
  description: 'Description',
  servings: 'Servings',
  prepMinutes: 'Preparation',
  cookMinutes: 'Cooking',
  tags: 'Tags',
  visibility: 'Who may read it',
  quantity: 'quantity',
  unit: 'unit',
  name: 'name',
  note: 'note',
};

/** A field in words: `Ingredient 2, quantity`. */
export function fieldName(pointer: string): string {
  const [part = '', index, member] = pointer.split('/').slice(1);
  const number = Number(index) + 1;
  if (part === 'ingredients' && index !== undefined) {
    return [`Ingredient ${number}`, NAMES[member ?? '']].filter(Boolean).join(', ');
  }
  if (part === 'steps' && index !== undefined) return `Step ${number}`;
  if (part === 'tags' && index !== undefined) return `Tag ${number}`;
  return NAMES[part] ?? (part === 'steps' ? 'Method' : 'Ingredients');
}
