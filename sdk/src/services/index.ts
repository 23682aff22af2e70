/**
 * `@chompardo/sdk/services`: the operations as the classes that openapi-typescript-codegen prints, for call sites that were written for
 * them, over the runtime of this package.
 */
export * from '../generated/otc/index.ts';
