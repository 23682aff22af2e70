/**
 * `@chompardo/sdk/swr`: the operations as hooks of SWR for React, as orval prints them, over the runtime of this
 * package.
 */
export * from '../generated/orval/swr.ts';
export type * from '../generated/orval/models/index.ts';
export type { ErrorType, MutatorOptions } from '../orval/mutator.ts';
