/**
 * `@chompardo/sdk/vue`: the operations as composables of TanStack Query for Vue, as orval prints them, over the runtime of this
 * package.
 */
export * from '../generated/orval/vue.ts';
export type * from '../generated/orval/models/index.ts';
export type { ErrorType, MutatorOptions } from '../orval/mutator.ts';
