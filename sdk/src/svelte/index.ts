/**
 * `@chompardo/sdk/svelte`: the operations as functions of TanStack Query for Svelte 5, as orval prints them, over the runtime of this
 * package.
 */
export * from '../generated/orval/svelte.ts';
export type * from '../generated/orval/models/index.ts';
export type { ErrorType, MutatorOptions } from '../orval/mutator.ts';
