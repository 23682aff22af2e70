import { getRecipe, isErrorOf, updateRecipe } from '../../../src/index.ts';
import type { Outcome } from './binding.ts';

/** What a failed query shows: what the contract declares, by its status. */
export function failedRead(error: Error): Outcome {
  if (!isErrorOf(getRecipe, error)) return { status: undefined, message: String(error) };
  if (error.status === 304) return { status: error.status, problem: undefined satisfies typeof error.body };
  return { status: error.status, problem: error.body.title };
}

/** What a failed mutation shows. */
export function failedRename(error: Error): Outcome {
  if (!isErrorOf(updateRecipe, error)) return { status: undefined, message: String(error) };
  return { status: error.status, problem: error.body.title };
}
