/**
 * Every `code` that an entry of a problem's `errors` can have, and what its `limit` holds: a number, a text, a list, or
 * nothing. Codes are named after the JSON Schema keyword that failed, where there is one. docs/problems.md says what each means;
 * a new code needs a row there and a value in `ProblemErrorCode` of specs/common, and a test says so.
 */
export const ERROR_CODES = {
  // A keyword of a schema.
  type: 'list',
  enum: 'list',
  multipleOf: 'number',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  minLength: 'number',
  maxLength: 'number',
  pattern: 'text',
  format: 'text',
  minItems: 'number',
  maxItems: 'number',
  uniqueItems: 'none',
  contains: 'list',
  minProperties: 'number',
  maxProperties: 'number',
  required: 'none',
  dependentRequired: 'text',
  propertyNames: 'none',
  anyOf: 'none',
  oneOf: 'none',
  not: 'none',
  // What the contract has no place for.
  unknownProperty: 'none',
  unknownParameter: 'none',
  notAllowed: 'none',
  repeated: 'none',
  // What cannot be read.
  malformedJson: 'none',
  duplicateProperty: 'none',
  forbiddenName: 'none',
  forbiddenCharacter: 'none',
  encoding: 'none',
  unsafeInteger: 'number',
  numberOverflow: 'none',
  maxDepth: 'number',
  maxValues: 'number',
  maxFields: 'number',
  fileExpected: 'none',
  fieldExpected: 'none',
  parameterStyle: 'none',
  // A value with a grammar or a rule of its own.
  entityTags: 'none',
  idempotencyKey: 'none',
  cursor: 'none',
  blank: 'none',
} as const satisfies Record<string, keyof Limits>;

/** The `limit` by what it holds. Texts and lists are left out where they are too long to be sent. */
interface Limits {
  readonly none: { readonly limit?: never };
  readonly number: { readonly limit: number };
  readonly text: { readonly limit?: string };
  readonly list: { readonly limit?: readonly Scalar[] };
}

type Scalar = string | number | boolean | null;

/** One of `ERROR_CODES`. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** Why something was refused, for programs: `{ code: 'maxLength', limit: 200 }`, `{ code: 'required' }`. */
export type Reason = {
  readonly [C in ErrorCode]: { readonly code: C } & Limits[(typeof ERROR_CODES)[C]];
}[ErrorCode];
