import type { ObjectKind } from './openapi-objects.ts';

/** A member of ours in an OpenAPI object. Unlike the members of OpenAPI these have no other description than here and in the docs. */
export interface Extension {
  /** The objects it may stand in; `every` for all of them. */
  readonly of: readonly ObjectKind[] | 'every';
  /** What it means, in a sentence. */
  readonly description: string;
  /** What its value must be, in JSON Schema (draft 7, which editors know). */
  readonly schema: Readonly<Record<string, unknown>>;
  /** What its value must be, in the words of a finding: `must be ...`. */
  readonly must: string;
}

const DAY = { type: 'string', format: 'date', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` };
const A_DAY = "a day in quotes, such as '2027-01-31'";
const NAME = { type: 'string', pattern: '^[A-Za-z_$][A-Za-z0-9_$]*$' };
const COUNT = { type: 'integer', minimum: 1 };

/** Every `x-` member that the compiler or the contract runtime reads. `docs/contract-extensions.md` describes them. */
export const EXTENSIONS: Readonly<Record<`x-${string}`, Extension>> = {
  'x-required-scopes': {
    of: ['operation'],
    description: 'Scopes added to every alternative of `security`.',
    schema: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[!#-[\\]-~]+$' } },
    must: 'a list of scopes, such as [tickets:write]',
  },
  'x-rate-limit': {
    of: ['operation'],
    description: 'How often each caller may call this operation; the window is a day at most.',
    schema: {
      type: 'object',
      required: ['requests', 'windowSeconds'],
      additionalProperties: false,
      properties: { requests: COUNT, windowSeconds: { ...COUNT, maximum: 86_400 } },
    },
    must: 'like { requests: 10, windowSeconds: 60 }, with a window of 86400 seconds (a day) at most',
  },
  'x-deprecated-since': {
    of: ['operation'],
    description: 'The day since which the operation is deprecated; needs `deprecated: true`.',
    schema: DAY,
    must: A_DAY,
  },
  'x-sunset': {
    of: ['operation'],
    description: 'The day from which the deprecated operation may be gone (`Sunset`, RFC 8594).',
    schema: DAY,
    must: A_DAY,
  },
  'x-deprecation-link': {
    of: ['operation'],
    description: 'Where to read about the deprecation: `Link` with `rel="deprecation"`.',
    schema: { type: 'string', pattern: '^https?://[!#-;=?-~]+$' },
    must: 'an http or https URL',
  },
  'x-max-body-bytes': {
    of: ['operation'],
    description: 'The longest body of this operation, instead of `BODY_LIMIT_BYTES`.',
    schema: { ...COUNT, maximum: Number.MAX_SAFE_INTEGER },
    must: 'a number of bytes, such as 1048576',
  },
  'x-security-reason': {
    of: ['operation'],
    description: 'Why this operation can be called without a token.',
    schema: { type: 'string', minLength: 1 },
    must: 'the reason as text',
  },
  'x-pagination': {
    of: ['operation'],
    description:
      'Names of the cursor parameter and of the properties of a page, where they are not `cursor`, `items` and `nextCursor`.',
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { cursor: { type: 'string' }, items: { type: 'string' }, next: { type: 'string' } },
    },
    must: 'like { cursor: after, items: rows, next: last }',
  },
  'x-name': {
    of: ['operation', 'schema'],
    description: 'The name in generated code, where the one from the contract is taken or impossible.',
    schema: NAME,
    must: 'an identifier, such as ticketJar',
  },
  'x-enum-varnames': {
    of: ['schema'],
    description: 'Names of the values of `enum`, in their order, for the SDK.',
    schema: { type: 'array', items: NAME },
    must: 'a list of identifiers, such as [Low, High]',
  },
  'x-lint-waivers': {
    of: 'every',
    description: 'Rules that are silent here and below, each with its reason.',
    schema: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
    must: 'like { bounded-strings: the reason }',
  },
};

/** The extensions that may stand in an object of a kind. */
export function extensionsOf(kind: ObjectKind): readonly (readonly [name: string, extension: Extension])[] {
  return Object.entries(EXTENSIONS).filter(([, { of }]) => of === 'every' || of.includes(kind));
}
