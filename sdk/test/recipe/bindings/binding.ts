import type { MutatorOptions } from '../../../src/orval/mutator.ts';

/** How one framework reads and renames a recipe. Each call has a cache of its own. */
export interface Binding {
  /** Runs the query of a recipe until it has an answer. */
  readonly read: (recipeId: string, request: MutatorOptions) => Promise<Outcome>;
  /** Runs the mutation that changes the title of the version with this ETag. */
  readonly rename: (
    recipeId: string,
    title: string,
    etag: string,
    request: MutatorOptions,
  ) => Promise<Outcome>;
}

/** What a query or a mutation came to, as a component would show it. */
export type Outcome =
  | { readonly status: 200; readonly title: string; readonly etag: string | undefined }
  /** What the contract declares: `problem` is the title of its body. */
  | { readonly status: number; readonly problem: string | undefined }
  /** Any other failure. */
  | { readonly status: undefined; readonly message: string };
