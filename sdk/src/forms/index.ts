/** `@chompardo/sdk/forms`: what HTML can say of the members of a request, for form fields. */
export * from '../generated/forms.ts';
export type * from './fields.ts';
