/** `@chompardo/sdk/zod`: what requests may carry as Zod schemas, for forms. */
export * from '../generated/zod.ts';
