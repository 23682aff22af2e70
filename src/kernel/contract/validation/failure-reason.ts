import type { DefinedError } from 'ajv';
import type { Reason } from '#kernel/domain/error-code.ts';

/**
 * Failures that say something of their own: `if` says only that the chosen branch failed, which the branch's failures say better.
 * `discriminator` is an option of Ajv that is off.
 */
export type OwnFailure = Exclude<DefinedError, { readonly keyword: 'if' | 'discriminator' }>;

/** Patterns and lists of values beyond this many characters of JSON are not repeated in an answer. */
const MAX_LIMIT_LENGTH = 500;

/**
 * The reason that a failed keyword of JSON Schema is told as. Ajv says `false schema` where no value is allowed: a read-only property
 * in a request.
 *
 * @throws {Error} for a keyword that Ajv's types do not have.
 */
export function failureReason(error: OwnFailure): Reason {
  switch (error.keyword) {
    case 'required':
    case 'uniqueItems':
    case 'propertyNames':
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return { code: error.keyword };
    case 'minLength':
    case 'maxLength':
    case 'minItems':
    case 'maxItems':
    case 'minProperties':
    case 'maxProperties':
      return { code: error.keyword, limit: error.params.limit };
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return { code: error.keyword, limit: error.params.limit };
    case 'multipleOf':
      return { code: 'multipleOf', limit: error.params.multipleOf };
    case 'items':
    case 'additionalItems':
    case 'unevaluatedItems':
      return { code: 'maxItems', limit: error.params.limit };
    case 'contains': {
      const { minContains, maxContains } = error.params;
      return {
        code: 'contains',
        limit: maxContains === undefined ? [minContains] : [minContains, maxContains],
      };
    }
    case 'type':
      return { code: 'type', limit: [error.params.type].flat() };
    case 'enum':
      return { code: 'enum', ...listLimit(error.params.allowedValues) };
    case 'const':
      return { code: 'enum', ...listLimit([error.params.allowedValue]) };
    case 'pattern': {
      const { pattern } = error.params;
      return pattern.length > MAX_LIMIT_LENGTH ? { code: 'pattern' } : { code: 'pattern', limit: pattern };
    }
    case 'format':
      // The name that the contract has for it.
      return { code: 'format', limit: error.params.format.replace('rfc3339-', '') };
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return { code: 'unknownProperty' };
    case 'dependentRequired':
    case 'dependencies':
      return { code: 'dependentRequired', limit: error.params.property };
    case 'false schema':
      return { code: 'notAllowed' };
    default:
      return unknownKeyword(error);
  }
}

/** A keyword that a new version of Ajv reports does not compile above; here is for one that its types leave out. */
function unknownKeyword(error: never): never {
  throw new Error(`A failure has no code: ${JSON.stringify(error)}`);
}

/** The values, unless one is no scalar or they are too long. */
function listLimit(values: readonly unknown[]): {
  readonly limit?: readonly (string | number | boolean | null)[];
} {
  const scalars = values.filter(isScalar);
  if (scalars.length < values.length || JSON.stringify(scalars).length > MAX_LIMIT_LENGTH) return {};
  return { limit: scalars };
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
