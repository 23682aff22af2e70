import type { ProblemError, ProblemErrorCode } from '@chompardo/sdk';
import { createContext, useContext } from 'react';

import { sentence } from '../../ui/text.ts';

/** The errors that the API reported, by JSON pointer into the recipe. */
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
  for (const error of errors) {
    const { pointer, detail } = error;
    if (pointer === undefined || pointer === '') rest.push(sentence(detail));
    else if (!fields.has(pointer)) fields.set(pointer, wordsOf(error));
  }
  return { fields, rest };
}

/** The commonest failures in the words of the form, by their code. */
const WORDS = new Map<ProblemErrorCode, (limit: ProblemError['limit'], pointer: string) => string>([
  ['required', () => MISSING],
  ['blank', () => MISSING],
  ['minLength', (limit) => (limit === 1 ? MISSING : `At least ${String(limit)} characters.`)],
  ['maxLength', (limit) => `At most ${String(limit)} characters.`],
  // The other members of a recipe's form are texts and lists by construction.
  ['type', (_limit, pointer) => (pointer.endsWith('Minutes') ? MINUTES : 'A whole number.')],
  ['minimum', (limit) => `A whole number, at least ${String(limit)}.`],
  ['maximum', (limit) => `At most ${String(limit)}.`],
  ['pattern', () => QUANTITY],
  ['exclusiveMinimum', () => QUANTITY],
  ['minItems', (limit) => (limit === 1 ? 'At least one is needed.' : `At least ${String(limit)}.`)],
  ['maxItems', (limit) => `At most ${String(limit)}.`],
]);
const MISSING = 'Please fill this in.';
const QUANTITY = 'A number greater than zero, such as 2, 1.5 or ½. Words go into the unit or the note.';
const MINUTES = 'Minutes such as 90, or hours such as 1 h 30.';

function wordsOf({ code, limit, detail, pointer = '' }: ProblemError): string {
  return WORDS.get(code)?.(limit, pointer) ?? sentence(detail);
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
